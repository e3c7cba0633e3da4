"""Back to the state after the migrations, between two tests.

Tests use real transactions, so nothing is rolled back. What they left is deleted by the cluster's superuser with
triggers off: the append-only log must refuse everybody else.
"""

import psycopg

from fiksreg.embedded import Postgres
from fiksreg.embedded.databases import SUPERUSER

_REMEMBER = """
DROP SCHEMA IF EXISTS pristine CASCADE;
CREATE SCHEMA pristine;
DO $$ DECLARE name text; filled boolean; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
        IF filled THEN EXECUTE format('CREATE TABLE pristine.%I AS TABLE public.%I', name, name); END IF;
    END LOOP;
END $$;
CREATE FUNCTION pristine.restore() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica AS $$
DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM public.%I', name);
    END LOOP;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'pristine' LOOP
        EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE SELECT * FROM pristine.%I', name, name);
    END LOOP;
END $$;
"""


class PristineDatabase:
    """Remembers what every table of the migrated database held, and puts it back."""

    def __init__(self, postgres: Postgres) -> None:
        self._connection: psycopg.Connection[tuple[object, ...]] = postgres.connect(SUPERUSER, "fiksreg")
        self._connection.execute("SET lock_timeout = '10s'")
        self._connection.execute(_REMEMBER)

    def restore(self) -> None:
        self._connection.execute("SELECT pristine.restore()")

    def close(self) -> None:
        self._connection.close()
