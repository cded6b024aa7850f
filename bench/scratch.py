"""Drop and make the bench's PostgreSQL database."""

import django
import psycopg
from django.db import connection
from psycopg import sql

django.setup()
names = connection.get_connection_params()
own = names.pop("dbname")
wanted = {key: names[key] for key in ("host", "port", "user", "password") if names.get(key)}
with psycopg.connect(**wanted, dbname="postgres", autocommit=True) as server:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(own)))
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(own)))
