"""Explore Education Statistics: the Department for Education's service of published data sets.

A file of its catalogue, ``…/data-catalogue/data-set/{id}/csv``, is a plain download and needs
nothing of this package. A data set of the service, ``…/data-sets/{id}/csv?dataSetVersion=1.*``, is
downloaded once a version. An address ``…/data-sets/{id}/query?…`` is asked page by page, and its
rows become one file in the layout of those downloads.
"""

from ingest.fetch.ees.address import DataSetQuery, is_data_set, is_data_set_query
from ingest.fetch.ees.data_set import fetch_data_set, fetch_whole_data_set
from ingest.fetch.ees.service import StatisticsService

__all__ = [
    "DataSetQuery",
    "StatisticsService",
    "fetch_data_set",
    "fetch_whole_data_set",
    "is_data_set",
    "is_data_set_query",
]
