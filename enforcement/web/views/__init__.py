"""The pages by topic, one blueprint ``blp`` a module."""
