"""The map page as one would write it without a thought for speed: the yardstick. Run with `streamlit run`."""

import json
import os
from pathlib import Path

import duckdb
import plotly.express as px
import streamlit as st

SHARES = {"persons": ("paid_persons", "payable_persons"), "amounts": ("received_twd", "receivable_twd")}

st.set_page_config(page_title="Payment rate", layout="wide")
st.title("Payment rate by county")
db = duckdb.connect(os.environ["BENCH_WAREHOUSE"], read_only=True)
snapshots = db.sql("select distinct as_of, period from marts.county_period_payment order by all desc").df()
names = db.sql("select county from marts.county order by sort_order").df()["county"]

columns = st.columns(5)
population = columns[0].selectbox("Population", ["all", "indigenous"])
basis = columns[1].selectbox("Basis", list(SHARES))
period = columns[2].selectbox("Period", sorted(snapshots["period"].unique(), reverse=True), index=9)
as_of = columns[3].selectbox("As of", snapshots.loc[snapshots["period"] == period, "as_of"].dt.date)
county = columns[4].selectbox("County", ["none", *names])

paid, payable = SHARES[basis]
rates = db.execute(
    f"""
    select c.county_code, c.county, c.evaluation_group, p.{paid} as numerator, p.{payable} as denominator,
           100 * p.{paid} / nullif(p.{payable}, 0) as rate_pct
    from marts.county as c
    left join marts.county_period_payment as p
        on c.county_code = p.county_code and p.period = $period and p.as_of = $as_of and p.population = $population
    order by rate_pct desc
    """,  # noqa: S608 - the names are ours
    {"period": period, "as_of": as_of, "population": population},
).df()
db.close()

figure = px.choropleth(
    rates,
    geojson=json.loads(Path(os.environ["BENCH_OUTLINES"]).read_text("utf-8")),
    locations="county_code",
    featureidkey="properties.county_code",
    color="rate_pct",
    hover_name="county",
    hover_data=["numerator", "denominator"],
    title=f"{period} {population} {basis} {as_of}",
    height=650,
)
figure.update_geos(fitbounds="locations", visible=False)
left, right = st.columns(2)
# All that was added for its sake: the library would ask another host for outlines, and here no other host answers.
left.plotly_chart(figure, config={"topojsonURL": "data:application/json,{}#"})
right.dataframe(rates, height=650)
if county != "none":
    row = rates[rates["county"] == county].iloc[0]
    st.metric(county, f"{row['rate_pct']:.2f} %")
