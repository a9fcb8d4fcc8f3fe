"""The database: SQLAlchemy Core tables and a mapper between rows and the core's frozen values."""
