"""How many pupils there will be: methods, their errors, and the ranges that follow from them."""
