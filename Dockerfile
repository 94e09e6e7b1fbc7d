# One image for every process; docker-compose.yml says which process each container runs.
FROM python:3.12-slim

WORKDIR /usr/src/claim-tracker
COPY pyproject.toml README.md LICENSE ./
COPY tracker tracker
COPY workers workers
COPY web web
RUN pip install --no-cache-dir '.[postgres]' \
    && useradd --create-home --home-dir /var/lib/claim-tracker tracker

USER tracker
WORKDIR /var/lib/claim-tracker
ENV TRACKER_DATA_DIR=/var/lib/claim-tracker PYTHONUNBUFFERED=1
CMD ["tracker", "--help"]
