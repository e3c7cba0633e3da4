"""Code lists: kommuner and fylker with the dates when they were valid, and countries. Countries have names in bokmål,
nynorsk and English; the names of kommuner and fylker are the same in every language.

The facts are from Statistics Norway's classifications 131 and 104 and from ISO 3166-1, with the population register's
own codes (XXX stateless, XUK unknown, XXK Kosovo). An empty date means before the reforms of 2018, or still valid. The
numbers of former kommuner go back to 1838 (Skatteetaten's list until 1987, Statistics Norway's from 1988).
"""

from integrations.codelists.countries import Country, countries, country_name
from integrations.codelists.kommuner import Area, fylke_name, fylker, kommune_name, kommuner

__all__ = ["Area", "Country", "countries", "country_name", "fylke_name", "fylker", "kommune_name", "kommuner"]
