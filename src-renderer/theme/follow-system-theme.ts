/** Light or dark as the system asks, and again when it changes its mind. */
export function followSystemTheme(): void {
  const prefersLight = matchMedia("(prefers-color-scheme: light)");
  const apply = (): void => {
    document.documentElement.dataset["theme"] = prefersLight.matches ? "light" : "dark";
  };
  prefersLight.addEventListener("change", apply);
  apply();
}
