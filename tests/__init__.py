"""The tests mirror the package; journeys/ is a person at the window, architecture/ the house."""
