"""Places people name that the time zone database does not: zone → cities, states and regions.

The database keeps one city a zone, and hardly anybody lives in that one.
"""

PLACES: dict[str, str] = {
    "America/New_York": "Boston, Philadelphia, Washington DC, Washington D.C., Miami, Atlanta, "
    "Orlando, Tampa, Charlotte, Raleigh, Durham, Pittsburgh, Cleveland, Columbus, Cincinnati, "
    "Baltimore, Buffalo, Rochester, Syracuse, Albany, Ithaca, Providence, Hartford, New Haven, "
    "Princeton, Newark, Jersey City, Brooklyn, Manhattan, NYC, Richmond, Charleston, "
    "Jacksonville, Ann Arbor, Burlington, New Jersey, Massachusetts, Connecticut, Rhode Island, "
    "Vermont, New Hampshire, Maine, Pennsylvania, Delaware, Maryland, Virginia, West Virginia, "
    "North Carolina, South Carolina, Georgia USA, Florida, Ohio, New York State, East Coast, "
    "Eastern time",
    "America/Detroit": "Michigan, Grand Rapids, Lansing",
    "America/Indiana/Indianapolis": "Indiana, Bloomington, South Bend",
    "America/Kentucky/Louisville": "Kentucky, Lexington",
    "America/Chicago": "Houston, Dallas, Austin, San Antonio, Fort Worth, Minneapolis, "
    "Saint Paul, St Louis, Kansas City, Milwaukee, Madison, Memphis, Nashville, New Orleans, "
    "Oklahoma City, Tulsa, Omaha, Des Moines, Birmingham Alabama, Little Rock, Iowa City, "
    "Texas, Illinois, Minnesota, Wisconsin, Iowa, Missouri, Arkansas, Louisiana, Mississippi, "
    "Alabama, Tennessee, Oklahoma, Kansas, Nebraska, South Dakota, North Dakota, Central time",
    "America/Denver": "Colorado, Boulder, Colorado Springs, Salt Lake City, Albuquerque, "
    "Santa Fe, El Paso, Utah, New Mexico, Wyoming, Montana, Mountain time",
    "America/Boise": "Idaho",
    "America/Phoenix": "Arizona, Tucson, Tempe, Scottsdale",
    "America/Los_Angeles": "San Francisco, San Diego, San Jose California, Seattle, Portland, "
    "Las Vegas, Sacramento, Oakland, Berkeley, Palo Alto, Irvine, Spokane, Eugene, LA, SF, "
    "California, Oregon, Washington State, Nevada, West Coast, Bay Area, Pacific time",
    "America/Anchorage": "Alaska, Fairbanks",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "San Juan",
    "America/Toronto": "Montreal, Ottawa, Quebec, Quebec City, Ontario, Waterloo",
    "America/Vancouver": "British Columbia, Victoria",
    "America/Edmonton": "Calgary, Alberta",
    "America/Winnipeg": "Manitoba",
    "America/Regina": "Saskatchewan, Saskatoon",
    "America/Halifax": "Nova Scotia, New Brunswick, Prince Edward Island",
    "America/St_Johns": "Newfoundland",
    "America/Mexico_City": "Guadalajara, Puebla",
    "America/Sao_Paulo": "Rio de Janeiro, Brasilia, Belo Horizonte, Curitiba, Porto Alegre",
    "America/Argentina/Buenos_Aires": "La Plata, Rosario",
    "America/Bogota": "Medellin, Cali",
    "America/Guayaquil": "Quito",
    "America/La_Paz": "Santa Cruz de la Sierra",
    "Europe/London": "Manchester, Birmingham, Leeds, Liverpool, Bristol, Oxford, Cambridge, "
    "Edinburgh, Glasgow, Cardiff, Belfast, England, Scotland, Wales, Northern Ireland, UK, "
    "Great Britain",
    "Europe/Dublin": "Cork, Galway",
    "Europe/Berlin": "Munich, München, Hamburg, Cologne, Köln, Frankfurt, Stuttgart, Düsseldorf, "
    "Leipzig, Dresden, Hannover, Nuremberg, Bremen, Heidelberg, Deutschland",
    "Europe/Paris": "Lyon, Marseille, Toulouse, Nice, Lille, Bordeaux, Strasbourg, Nantes",
    "Europe/Madrid": "Barcelona, Valencia, Seville, Sevilla, Bilbao, España",
    "Europe/Rome": "Milan, Milano, Naples, Turin, Florence, Bologna, Venice, Italia",
    "Europe/Amsterdam": "Rotterdam, The Hague, Utrecht, Eindhoven, Holland",
    "Europe/Brussels": "Antwerp, Ghent, Leuven",
    "Europe/Zurich": "Geneva, Basel, Bern, Lausanne, Zürich, Schweiz, Suisse",
    "Europe/Vienna": "Graz, Salzburg, Linz, Innsbruck, Wien, Österreich",
    "Europe/Lisbon": "Porto, Coimbra",
    "Europe/Stockholm": "Gothenburg, Malmö, Uppsala",
    "Europe/Copenhagen": "Aarhus",
    "Europe/Oslo": "Bergen, Trondheim",
    "Europe/Helsinki": "Espoo, Tampere, Turku",
    "Europe/Warsaw": "Krakow, Kraków, Gdansk, Wroclaw, Poznan",
    "Europe/Prague": "Brno",
    "Europe/Athens": "Thessaloniki",
    "Europe/Istanbul": "Ankara, Izmir",
    "Europe/Kyiv": "Kiev, Lviv, Odesa, Kharkiv",
    "Europe/Moscow": "Saint Petersburg",
    "Asia/Jerusalem": "Tel Aviv, Haifa",
    "Asia/Dubai": "Abu Dhabi",
    "Asia/Riyadh": "Jeddah, Mecca",
    "Asia/Karachi": "Lahore, Islamabad",
    "Asia/Kolkata": "Mumbai, Delhi, New Delhi, Bangalore, Bengaluru, Chennai, Hyderabad, Pune, "
    "Ahmedabad, Jaipur, Calcutta, Bombay",
    "Asia/Dhaka": "Chittagong",
    "Asia/Ho_Chi_Minh": "Hanoi, Saigon, Da Nang",
    "Asia/Jakarta": "Bandung, Surabaya",
    "Asia/Manila": "Quezon City, Cebu",
    "Asia/Shanghai": "Beijing, Shenzhen, Guangzhou, Chengdu, Hangzhou, Wuhan, Nanjing",
    "Asia/Hong_Kong": "Kowloon",
    "Asia/Taipei": "Kaohsiung",
    "Asia/Tokyo": "Osaka, Kyoto, Yokohama, Nagoya, Sapporo, Fukuoka",
    "Asia/Seoul": "Busan, Incheon, Korea",
    "Australia/Sydney": "Canberra, Newcastle, New South Wales",
    "Australia/Brisbane": "Gold Coast, Queensland",
    "Australia/Melbourne": "Geelong",
    "Pacific/Auckland": "Wellington, Christchurch",
    "Africa/Johannesburg": "Cape Town, Durban, Pretoria",
    "Africa/Lagos": "Abuja, Ibadan",
    "Africa/Nairobi": "Mombasa",
    "Africa/Casablanca": "Rabat, Marrakesh, Fes",
    "Africa/Cairo": "Alexandria, Giza",
    "Africa/Accra": "Kumasi",
}

# Short names. Several zones: they are offered, and none is taken without asking.
SHORT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("et", "est", "edt", "eastern"), ("America/New_York",)),
    **dict.fromkeys(("ct", "cst", "cdt", "central"), ("America/Chicago",)),
    **dict.fromkeys(("mt", "mdt", "mountain"), ("America/Denver",)),
    "mst": ("America/Denver", "America/Phoenix"),
    **dict.fromkeys(("pt", "pst", "pdt", "pacific"), ("America/Los_Angeles",)),
    **dict.fromkeys(("akst", "akdt", "akt"), ("America/Anchorage",)),
    **dict.fromkeys(("hst", "hast"), ("Pacific/Honolulu",)),
    **dict.fromkeys(("at", "ast", "adt", "atlantic"), ("America/Halifax", "America/Puerto_Rico")),
    **dict.fromkeys(("nst", "ndt"), ("America/St_Johns",)),
    **dict.fromkeys(("utc", "z", "zulu"), ("UTC",)),
    "gmt": ("Europe/London", "UTC"),
    "bst": ("Europe/London",),
    **dict.fromkeys(("wet", "west"), ("Europe/Lisbon",)),
    **dict.fromkeys(
        ("cet", "cest", "mez", "mesz"),
        ("Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Warsaw"),
    ),
    **dict.fromkeys(("eet", "eest"), ("Europe/Athens", "Europe/Helsinki", "Europe/Kyiv")),
    "msk": ("Europe/Moscow",),
    "trt": ("Europe/Istanbul",),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "pkt": ("Asia/Karachi",),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "sgt": ("Asia/Singapore",),
    "hkt": ("Asia/Hong_Kong",),
    "pht": ("Asia/Manila",),
    "wib": ("Asia/Jakarta",),
    **dict.fromkeys(("aet", "aest", "aedt"), ("Australia/Sydney", "Australia/Brisbane")),
    **dict.fromkeys(("acst", "acdt"), ("Australia/Adelaide", "Australia/Darwin")),
    "awst": ("Australia/Perth",),
    **dict.fromkeys(("nzt", "nzst", "nzdt"), ("Pacific/Auckland",)),
    "brt": ("America/Sao_Paulo",),
    "art": ("America/Argentina/Buenos_Aires",),
    "sast": ("Africa/Johannesburg",),
    "wat": ("Africa/Lagos",),
    "eat": ("Africa/Nairobi",),
}

COUNTRIES: dict[str, str] = {
    "usa": "US",
    "us": "US",
    "united states of america": "US",
    "america": "US",
    "uk": "GB",
    "great britain": "GB",
    "united kingdom": "GB",
    "england": "GB",
    "korea": "KR",
    "south korea": "KR",
    "holland": "NL",
    "deutschland": "DE",
    "espana": "ES",
    "italia": "IT",
    "schweiz": "CH",
    "suisse": "CH",
    "osterreich": "AT",
    "brasil": "BR",
    "czechia": "CZ",
    "uae": "AE",
    "vietnam": "VN",
    "ivory coast": "CI",
    "turkiye": "TR",
}

# In the order in which they are offered when much fits, or nothing was typed.
COMMON: tuple[str, ...] = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "America/Phoenix", "America/Anchorage", "Pacific/Honolulu", "America/Toronto",
    "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Asia/Kolkata",
    "Asia/Shanghai", "Asia/Tokyo", "Asia/Singapore", "Australia/Sydney", "America/Mexico_City",
    "America/Sao_Paulo", "Africa/Lagos", "Africa/Johannesburg", "Africa/Nairobi", "Asia/Dubai",
    "Europe/Istanbul", "UTC",
)  # fmt: skip

STATES: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "FL": "Florida", "GA": "Georgia USA",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa",
    "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland",
    "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi",
    "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York State", "NC": "North Carolina",
    "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
    "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee",
    "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington State",
    "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
"""How a state stands behind a city. "DE" and "CA" are countries too: it confirms, no more."""
