"""Onboarding (Ta i bruk): the steps an organisation must take before it may ask the register, and the test of its
set-up."""
