"""The processes around the tracker: Celery workers, the schedule, the inbox, the embedded mode."""
