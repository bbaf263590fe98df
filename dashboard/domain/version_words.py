"""What is said of two versions that cannot be compared."""


def of_two_kinds(first: str, second: str) -> str:
    """Return why reports of two kinds have no cells in common; both are named by their files."""
    return f"「{first}」與「{second}」不是同一種報表，無從逐格比較。"


def without_figures(file_name: str) -> str:
    """Return why a refused file has no figures to compare."""
    return f"「{file_name}」未予收件，沒有數值可供比較。"
