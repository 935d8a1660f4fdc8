"""What a command's log says about why it failed."""
import sys

with open(sys.argv[1], errors="replace") as file:
    said = [line.strip() for line in file if line.startswith("item2vec-spark: ")]
print(said[-1].replace("|", "/")[16:240] if said else "killed")
