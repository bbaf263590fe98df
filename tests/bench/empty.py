"""A page with nothing on it: what Streamlit itself costs. Run with `streamlit run`."""

import streamlit as st

choice = st.selectbox("Choice", [f"choice {n}" for n in range(1, 9)])
st.write(f"Chosen: {choice}")
