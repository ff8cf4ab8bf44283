"""The decision engine: plain values in, plain values out, no Streamlit."""
