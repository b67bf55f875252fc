# Prints the targets of a makefile: "##@ heading" lines are headings, "target: ... ## text" lines are targets.
/^##@/ { printf "\n%s\n", substr($0, 5) }
/^[a-z][a-z-]*:.*## / {
    target = $0; sub(/:.*/, "", target)
    text = $0; sub(/^.*## /, "", text)
    printf "  make %-13s %s\n", target, text
}
