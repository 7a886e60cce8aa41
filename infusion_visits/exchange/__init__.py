"""What comes in and goes out: FHIR R4 and the finished note file."""
