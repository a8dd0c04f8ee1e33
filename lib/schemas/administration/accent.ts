/** An accent colour as the pages use it: readable on them in the light and in the dark theme, or refused. */

type Rgb = [number, number, number];

/** Of app/globals.css: what accents stand on. */
const LIGHT_PAGE = "#f6f3ee";
const DARK_PAGE = "#151412";
/** WCAG 2.2, 1.4.3: of text in its usual size to what it stands on. */
const LEAST_CONTRAST = 4.5;

const rgbOf = (hex: string): Rgb => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as Rgb;
const hexOf = (rgb: number[]) =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** Relative luminance as WCAG 2.2 defines it, 0 to 1. */
function luminance(hex: string): number {
  const [r, g, b] = rgbOf(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours (#rrggbb) as WCAG 2.2 defines it, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const mix = (hex: string, into: string, share: number) => {
  const [from, to] = [rgbOf(hex), rgbOf(into)];
  return hexOf(from.map((part, at) => part + (to[at] - part) * share));
};

/** Why a colour (#rrggbb) cannot be the accent; null: it can. White text stands on it, and it is text on the light page itself. */
export function accentProblem(hex: string): string | null {
  const least = Math.min(contrast(hex, LIGHT_PAGE), contrast(hex, "#ffffff"));
  if (least >= LEAST_CONTRAST) return null;
  return `has a contrast of ${least.toFixed(1)} to the page; text needs ${LEAST_CONTRAST} at least: choose a darker one`;
}

/** The custom properties of app/globals.css for an accent; in the dark it is made lighter until it can be read there. */
export function accentProperties(hex: string): Record<string, string> {
  let dark = hex;
  for (let share = 0; contrast(dark, DARK_PAGE) < LEAST_CONTRAST + 2 && share <= 1; share += 0.05)
    dark = mix(hex, "#ffffff", share);
  const pair = (light: string, darker: string) => `light-dark(${light}, ${darker})`;
  return {
    "--accent": pair(hex, dark),
    "--accent-strong": pair(mix(hex, "#000000", 0.25), mix(dark, "#ffffff", 0.3)),
    "--accent-soft": pair(mix(hex, LIGHT_PAGE, 0.86), mix(dark, DARK_PAGE, 0.84)),
    "--on-accent": pair("#ffffff", "#111111"),
  };
}
