import { usePreferences } from "../stores/preferences.ts";

/** Light or dark as the user chose, or as the system asks; again when either changes its mind. */
export function followTheme(): void {
  const prefersLight = matchMedia("(prefers-color-scheme: light)");
  const apply = (): void => {
    const { theme } = usePreferences.getState();
    const asked = prefersLight.matches ? "light" : "dark";
    document.documentElement.dataset["theme"] = theme === "system" ? asked : theme;
  };
  prefersLight.addEventListener("change", apply);
  usePreferences.subscribe(apply);
  apply();
}
