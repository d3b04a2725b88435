"""Invented names: common French first and last names, put together at random."""

from __future__ import annotations

import random

FIRST_NAMES = (
    "Adèle Aïcha Alain Alexandre Alice Amandine Amine Anaïs André Antoine Aurélie Baptiste "
    "Béatrice Benoît Bruno Camille Caroline Cédric Céline Chloé Christophe Claire Clément "
    "Corinne David Delphine Djamila Élodie Émilie Éric Estelle Fabien Fatima Florence "
    "François Gabriel Gaëlle Gérard Guillaume Hélène Hugo Inès Isabelle Jean Jérôme Julie "
    "Julien Karim Karine Laëtitia Laurent Léa Leïla Lionel Louis Lucie Maëlle Malik Manon "
    "Marc Margaux Marie Marion Mathieu Mathilde Maxime Mélanie Michel Myriam Nadia Nathalie "
    "Nicolas Noémie Olivier Pascal Patricia Paul Philippe Pierre Quentin Rachid Raphaël "
    "Romain Sabrina Salomé Samia Sandrine Sarah Sébastien Sofia Sophie Stéphane Sylvie Théo "
    "Thomas Valérie Vincent Virginie Yann Yasmine Zoé "
).split()
LAST_NAMES = (
    "Adam André Aubert Bailly Barbier Benali Bernard Bertrand Blanc Bonnet Bouvier Boyer "
    "Briand Brun Caron Carpentier Charpentier Chevalier Colin Collet David Delattre Denis "
    "Deschamps Diallo Dubois Dufour Dumas Dupont Durand Fabre Faure Fernandez Fleury "
    "Fontaine Fournier Gaillard Garcia Garnier Gauthier Gautier Gérard Giraud Girard "
    "Grondin Guérin Guillaume Guillot Hamon Haddad Henry Hoarau Hubert Huet Jacob Joly "
    "Julien Lacroix Lambert Laurent Leblanc Leclerc Lecomte Lefebvre Leroux Leroy Lopez "
    "Lucas Maillard Marchand Martel Martin Martinez Masson Mercier Meunier Michel Moreau "
    "Morel Morin Morvan Moulin Nguyen Noël Olivier Payet Perrin Petit Philippe Picard Pires "
    "Prévost Renard Renaud Rey Richard Rivière Robert Robin Roche Roger Rolland Rousseau "
    "Roussel Roux Roy Sanchez Schmitt Simon Thomas Traoré Vasseur Vidal Vincent Weber "
).split()


def name_drawn(rng: random.Random) -> tuple[str, str]:
    """First and last name."""
    return rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)
