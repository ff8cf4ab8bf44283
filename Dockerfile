# docker build -t decision-assistant . && docker run --rm -p 8501:8501 decision-assistant
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /app

# Without the tools of development, which stand last in requirements.txt
COPY requirements.txt constraints.txt ./
RUN sed '/^# Development/,$d' requirements.txt > product.txt && pip install -r product.txt -c constraints.txt

COPY . .
RUN useradd --create-home assistant
USER assistant

ENV PORT=8501 STREAMLIT_SERVER_ADDRESS=0.0.0.0 STREAMLIT_SERVER_FILE_WATCHER_TYPE=none
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://localhost:{os.environ[\"PORT\"]}/_stcore/health')"]
CMD ["python", "-m", "ui.launch"]
