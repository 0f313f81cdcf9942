"""The report site: plain data in, HTML fragments out. Nothing here knows the engine that puts them on a site."""
