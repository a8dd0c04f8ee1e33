import type { Background, Colour } from "@/lib/schemas/stack/scene";

/** The inks an icon is drawn with: its colour, the outline's darker shade and a light tint. */
export interface Inks {
  fill: string;
  dark: string;
  light: string;
}

/** Far enough apart that a person (and the grader) tells any two at 18 pixels. */
export const INKS: Record<Colour, Inks> = {
  red: { fill: "#e5383f", dark: "#7d1220", light: "#fbb4b0" },
  orange: { fill: "#fb8a24", dark: "#8f4206", light: "#ffd6a5" },
  yellow: { fill: "#fbd534", dark: "#8d6a06", light: "#fff2b0" },
  green: { fill: "#43b05c", dark: "#17562c", light: "#bfe8c0" },
  blue: { fill: "#2f86ee", dark: "#123e80", light: "#b5dafc" },
  purple: { fill: "#8f5be0", dark: "#43217f", light: "#d9c4fb" },
  pink: { fill: "#fb86bd", dark: "#9a3068", light: "#ffd5e8" },
  brown: { fill: "#a06a42", dark: "#4f2d14", light: "#e6c7a4" },
};

/** Background tints [top, bottom] of a gradient; a plain background is the mean of the two. */
export const TINTS: Record<Background, readonly [string, string]> = {
  white: ["#ffffff", "#f4f1ea"],
  grey: ["#d3d7de", "#b4bac6"],
  blue: ["#d6ebff", "#a3cdf7"],
  green: ["#ddf5d8", "#abdfa9"],
  yellow: ["#fff6c9", "#fbe489"],
  pink: ["#ffe4ef", "#fbbdd6"],
  purple: ["#ece2ff", "#ccb8f5"],
  dark: ["#1c2344", "#3a4270"],
};

/** "#rrggbb" as three bytes. */
export function rgb(hex: string): [number, number, number] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}
