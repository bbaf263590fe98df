"""Oversight of how the 22 local governments raise the payment rate of the National Pension."""
