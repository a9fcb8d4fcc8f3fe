"""What the columns of other people's tables are called, and which of our fields each one means.

A heading is compared without case, accents, punctuation and fillers ("Current Employer *").
"""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.tidy import fold

# field → headings, folded: English first, then German, French and Spanish.
_HEADINGS: dict[str, str] = {
    "external_id": "id, external id, alumni id, alum id, constituent id, record id, donor id, "
    "person id, contact id, member id, banner id, student id, number, no, nummer, mitgliedsnummer, "
    "numero, identifiant, identificador",
    "name": "name, full name, display name, alumni name, alum, alumnus, alumna, person, "
    "contact, contact name, student name, formatted name, fn, vollstandiger name, nom complet, "
    "nombre completo, nombre y apellidos, nom et prenom",
    "first_name": "first name, first, given name, forename, firstname, vorname, prenom, "
    "nombre, nombres, primer nombre",
    "preferred_name": "preferred first name, preferred name, nickname, goes by, known as, "
    "rufname, spitzname, prenom usuel, apodo",
    "last_name": "last name, last, surname, family name, lastname, nachname, familienname, "
    "nom, nom de famille, apellido, apellidos",
    "email": "email, e mail, mail, email address, e mail address, email 1, e mail 1 value, "
    "email 1 value, primary email, preferred email, personal email, work email, mailadresse, "
    "e mail adresse, courriel, adresse e mail, adresse email, correo, correo electronico",
    "phone": "phone, telephone, phone number, mobile, mobile phone, cell, cell phone, "
    "phone 1 value, telefon, telefonnummer, handy, mobil, portable, telefono, movil",
    "title": "title, job title, position, position title, role, job, occupation, headline, "
    "profession, business title, current title, current position, organization title, "
    "organization 1 title, berufsbezeichnung, stelle, beruf, funktion, poste, fonction, "
    "intitule du poste, metier, puesto, cargo, profesion, ocupacion",
    "company": "company, employer, employer name, company name, organization, organisation, "
    "organization name, organization 1 name, firm, business, workplace, place of work, "
    "arbeitgeber, firma, unternehmen, organisation name, entreprise, employeur, societe, "
    "empresa, organizacion, empleador",
    "field": "field, industry, sector, career field, field of work, job field, area, career area, "
    "career cluster, functional area, branche, bereich, arbeitsfeld, tatigkeitsfeld, secteur, "
    "domaine, secteur dactivite, industria, ambito, area profesional",
    "city": "city, town, location, current city, home city, work city, city of residence, metro, "
    "metro area, region, stadt, ort, wohnort, ville, lieu, localite, ciudad, ubicacion, localidad",
    "country": "country, nation, country of residence, home country, land, pays, pais",
    "class_year": "class year, class, class of, year, grad year, graduation year, graduation, "
    "graduated, year of graduation, graduation date, degree year, grad yr, cohort, yog, "
    "jahrgang, abschlussjahr, abschluss, annee, promotion, annee de diplome, "
    "annee dobtention du diplome, ano, ano de graduacion, promocion, generacion",
    "major": "major, majors, program, programme, degree program, field of study, area of study, "
    "course of study, concentration, academic major, degree, studiengang, studienfach, fach, "
    "filiere, specialite, formation, carrera, especialidad, titulacion",
    "linkedin": "linkedin, linkedin url, linkedin profile, linkedin profile url, profile url, url, "
    "link, website, profile, profile link, linkedin link, linkedin public profile, "
    "profil, profil linkedin, linkedin profil, perfil, perfil de linkedin",
    "kind": "kind, how i know them, how do you know them, relationship, relation",
    "topics": "topics, topic, can talk about, happy to talk about, areas of expertise, expertise, "
    "interests, help topics, themen, sujets, temas",
    "channel": "channel, preferred channel, contact by, contact preference, "
    "preferred contact method, preferred contact, how to contact, contact method, kontaktweg, "
    "moyen de contact, canal, medio de contacto",
    "times": "times, best times, best time, best time to reach, best time to contact, good times, "
    "good time, preferred times, preferred time, availability, when to contact, when to reach, "
    "contact times, hours, erreichbarkeit, erreichbar, zeiten, disponibilite, disponibilites, "
    "disponibilidad, horario",
    "asks_per_month": "asks per month, asks a month, requests per month, monthly limit, "
    "max requests per month, max per month, limit, capacity, anfragen pro monat, "
    "demandes par mois, solicitudes por mes",
    "consent": "consent, agreed, opt in, opted in, may we share, willing, volunteer, gdpr consent, "
    "ok to contact, can be contacted, may contact, einwilligung, einverstanden, zustimmung, "
    "consentement, accord, consentimiento, acepta, de acuerdo",
    "no_consent": "do not contact, dnc, opt out, opted out, no contact, unsubscribed, "
    "do not solicit, nicht kontaktieren, ne pas contacter, no contactar",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """Which field a heading names, and how plainly: 0 is the plainest of its words."""

    field: str
    rank: int


_MEANINGS = {
    heading.strip(): Meaning(field, rank)
    for field, listed in _HEADINGS.items()
    for rank, heading in enumerate(listed.split(","))
}
_FILLERS = frozenset(
    {"current", "primary", "preferred", "your", "the", "alumni", "alumnus", "required", "optional"}
    | {"home", "work", "s", "most", "recent", "present", "latest", "of", "record", "aktuell"}
)
_LONGEST_HEADING = 60
_SURE = 0.85  # one slip in seven letters: "Compnay" is company
_SHORTEST_MENDED = 5  # shorter words are too alike: "Club" and "Job"


@lru_cache(maxsize=2048)
def meaning_of(heading: str) -> Meaning | None:
    """What a column called `heading` holds."""
    if len(heading) > _LONGEST_HEADING:
        return None
    plain = fold(heading)
    if found := _MEANINGS.get(plain) or _MEANINGS.get(_without_fillers(plain)):
        return found
    if len(plain) < _SHORTEST_MENDED:
        return None
    near = process.extractOne(
        plain, _MEANINGS.keys(), scorer=OSA.normalized_similarity, score_cutoff=_SURE
    )
    return _MEANINGS[near[0]] if near else None


def _without_fillers(plain: str) -> str:
    return " ".join(word for word in plain.split() if word not in _FILLERS)


def names_people(fields: set[str]) -> bool:
    """Whether these columns say who each row is about."""
    return "name" in fields or bool(fields & {"first_name", "last_name", "preferred_name"})
