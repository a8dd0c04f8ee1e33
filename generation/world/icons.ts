import type { Colour, ObjectKind } from "@/lib/schemas/stack/scene";
import { INKS, type Inks } from "@/generation/world/palette";

/** The drawings: each icon fills a 64x64 view box, outlined in its own dark shade, with one soft highlight. */

export const EYE = "#2b1d1a";

export const eyes = (x1: number, x2: number, y: number, r: number) =>
  [x1, x2]
    .map(
      (x) =>
        `<circle cx="${x}" cy="${y}" r="${r}" fill="${EYE}" stroke="none"/>` +
        `<circle cx="${x + r * 0.35}" cy="${y - r * 0.4}" r="${r * 0.38}" fill="#fff" stroke="none"/>`,
    )
    .join("");
export const smile = (x: number, y: number, width: number) =>
  `<path d="M${x - width / 2} ${y}q${width / 2} ${width * 0.55} ${width} 0" fill="none" stroke="${EYE}" stroke-width="2.2"/>`;
export const cheeks = (x1: number, x2: number, y: number) =>
  [x1, x2]
    .map((x) => `<ellipse cx="${x}" cy="${y}" rx="3.6" ry="2.4" fill="#ff6f91" opacity=".5" stroke="none"/>`)
    .join("");
export const shine = (path: string, opacity = 0.6) =>
  `<path d="${path}" fill="none" stroke="#fff" stroke-width="3.6" opacity="${opacity}"/>`;

const rays = Array.from({ length: 10 }, (_, index) => {
  const angle = (index * Math.PI) / 5;
  const point = (radius: number, turn: number) =>
    `${(32 + radius * Math.sin(angle + turn)).toFixed(2)} ${(32 - radius * Math.cos(angle + turn)).toFixed(2)}`;
  return `M${point(19, -0.27)}L${point(30, 0)}L${point(19, 0.27)}Z`;
}).join("");

const starPoints = Array.from({ length: 10 }, (_, index) => {
  const angle = (index * Math.PI) / 5;
  const radius = index % 2 === 0 ? 29 : 15;
  return `${(32 + radius * Math.sin(angle)).toFixed(2)},${(34 - radius * Math.cos(angle)).toFixed(2)}`;
}).join(" ");

const petals = Array.from({ length: 6 }, (_, index) => {
  const angle = (index * Math.PI) / 3;
  return `<circle cx="${(32 + 11.5 * Math.sin(angle)).toFixed(2)}" cy="${(22 - 11.5 * Math.cos(angle)).toFixed(2)}" r="8"/>`;
}).join("");

const DRAWINGS: Record<ObjectKind, (inks: Inks) => string> = {
  "teddy bear": ({ dark, light }) =>
    `<ellipse cx="32" cy="47" rx="17" ry="13.5"/>
     <ellipse cx="14.5" cy="43" rx="6" ry="8.5" transform="rotate(24 14.5 43)"/><ellipse cx="49.5" cy="43" rx="6" ry="8.5" transform="rotate(-24 49.5 43)"/>
     <ellipse cx="32" cy="49" rx="9.5" ry="8.5" fill="${light}" stroke="none"/>
     <circle cx="18" cy="55.5" r="6.5"/><circle cx="46" cy="55.5" r="6.5"/>
     <circle cx="18" cy="56" r="3.2" fill="${light}" stroke="none"/><circle cx="46" cy="56" r="3.2" fill="${light}" stroke="none"/>
     <circle cx="14.5" cy="11.5" r="8.5"/><circle cx="49.5" cy="11.5" r="8.5"/>
     <circle cx="14.5" cy="11.5" r="4" fill="${light}" stroke="none"/><circle cx="49.5" cy="11.5" r="4" fill="${light}" stroke="none"/>
     <ellipse cx="32" cy="22.5" rx="21.5" ry="18.5"/>
     <ellipse cx="32" cy="29.5" rx="9.5" ry="7.5" fill="${light}" stroke="none"/>
     ${eyes(22, 42, 20.5, 3.2)}${cheeks(17.5, 46.5, 27.5)}
     <ellipse cx="32" cy="26.2" rx="3.8" ry="2.7" fill="${dark}" stroke="none"/>${smile(32, 30.5, 8)}
     ${shine("M19 10.5q5-4 11-4", 0.45)}`,
  // Seen from the front: whoever stands behind it is reading.
  book: ({ dark }) =>
    `<path d="M8 13Q20 7 32 12Q44 7 56 13V48H8Z" fill="#fffaf0"/>
     <path d="M4 17Q18 12 32 17Q46 12 60 17V54Q46 49 32 54Q18 49 4 54Z"/>
     <path d="M32 17V54" fill="none" stroke="${dark}" stroke-width="3.4"/>
     <path d="M11 24.5q6-2 13 0M11 31.5q6-2 13 0" fill="none" stroke="#fff" stroke-width="3" opacity=".75"/>
     <path d="M46 41c-9-6-8-14-3.5-14c2 0 3 1.5 3.5 3c.5-1.5 1.5-3 3.5-3c4.5 0 5.5 8-3.5 14Z" fill="#fff" stroke="none" opacity=".9"/>`,
  car: ({ light }) =>
    `<path d="M4 44V33q0-5 6-6l6-1 7-9q2-3 6-3h12q4 0 6 3l6 9q7 1 7 8v10q0 3-3 3H7q-3 0-3-3Z"/>
     <path d="M21 26l5-6q1-1 2.5-1H32v7ZM36 19h4q2 0 3 1.5l4 5.5H36Z" fill="#dff2ff" stroke-width="2"/>
     <circle cx="55" cy="34" r="2.6" fill="#fff3b0" stroke-width="1.6"/>
     <circle cx="17.5" cy="47" r="8" fill="#39394a" stroke="#1f1f2b"/><circle cx="46.5" cy="47" r="8" fill="#39394a" stroke="#1f1f2b"/>
     <circle cx="17.5" cy="47" r="3.4" fill="#e9ecf3" stroke="none"/><circle cx="46.5" cy="47" r="3.4" fill="#e9ecf3" stroke="none"/>
     <path d="M10 34h8" fill="none" stroke="${light}" stroke-width="3.4"/>`,
  tree: ({ light }) =>
    `<path d="M27 40h10l2.5 20h-15Z" fill="#95673f" stroke="#4f2d14"/>
     <path d="M32 3c8 0 14 5 14.5 12c6 1.5 10 6.5 10 12.5c0 8-6.5 14-14.5 14c-4 0-7-1-10-3.5c-3 2.5-6 3.5-10 3.5c-8 0-14.5-6-14.5-14c0-6 4-11 10-12.5c.5-7 6.5-12 14.5-12Z"/>
     ${shine("M23 12q3-4 8-4", 0.5)}
     <circle cx="21" cy="28" r="2.8" fill="${light}" stroke="none"/><circle cx="35" cy="21" r="2.8" fill="${light}" stroke="none"/><circle cx="43" cy="31" r="2.8" fill="${light}" stroke="none"/>`,
  house: ({ light }) =>
    `<path d="M43 8h8v16h-8Z"/>
     <path d="M10 30h44v28q0 2-2 2H12q-2 0-2-2Z" fill="${light}"/>
     <path d="M32 5L60 31q1 3-2 3H6q-3 0-2-3Z"/>
     <path d="M26 60V47q0-6 6-6t6 6v13Z"/>
     <rect x="14.5" y="40" width="8" height="9" rx="1.5" fill="#fff7d1" stroke-width="2"/><rect x="41.5" y="40" width="8" height="9" rx="1.5" fill="#fff7d1" stroke-width="2"/>
     <circle cx="32" cy="22" r="4" fill="#fff7d1" stroke-width="2"/>${shine("M14 27L26 16", 0.45)}`,
  sun: () =>
    `<path d="${rays}"/><circle cx="32" cy="32" r="18.5"/>
     ${eyes(25.5, 38.5, 30, 2.9)}${smile(32, 35.5, 9)}${cheeks(21, 43, 36)}${shine("M21 23q3-5 9-6", 0.6)}`,
  star: () =>
    `<polygon points="${starPoints}" stroke-width="4"/>${eyes(26.5, 37.5, 33, 2.7)}${smile(32, 37.5, 7)}${shine("M31 14l-3.5 8", 0.6)}`,
  ball: () =>
    `<circle cx="32" cy="32" r="27"/>
     <path d="M25 6Q8 32 25 58Q15 54 10 47Q1 32 10 17Q15 10 25 6Z" fill="#fff" stroke="none"/>
     <path d="M39 6Q56 32 39 58Q49 54 54 47Q63 32 54 17Q49 10 39 6Z" fill="#fff" stroke="none"/>
     <path d="M25 6Q8 32 25 58M39 6Q56 32 39 58" fill="none" stroke-width="2.2"/>
     <circle cx="32" cy="32" r="27" fill="none"/><ellipse cx="32" cy="7.5" rx="5" ry="2.6" fill="#fff" stroke-width="1.8"/>${shine("M28 18q3-2 8 0", 0.6)}`,
  fish: ({ light }) =>
    `<path d="M43 32Q51 17 60 15Q56.5 24 56.5 32Q56.5 40 60 49Q51 47 43 32Z"/>
     <path d="M22 15Q32 5 42 14L38 22H24Z"/>
     <path d="M3 33Q10 13 28 13Q44 14 50 32Q44 51 28 52Q10 52 3 33Z"/>
     <path d="M9 39Q20 44 40 43Q36 49.5 28 50Q15 50 9 39Z" fill="${light}" stroke="none"/>
     <path d="M29 30q9 3 8 10q-8 1-11-4Z" stroke-width="2"/>
     <circle cx="17" cy="28" r="5.6" fill="#fff" stroke-width="1.8"/><circle cx="16" cy="28.5" r="3" fill="${EYE}" stroke="none"/><circle cx="17.2" cy="27.2" r="1.1" fill="#fff" stroke="none"/>
     <path d="M7 36.5q4 3 7 .5" fill="none" stroke="${EYE}" stroke-width="2.2"/>${shine("M22 18.5q6-2.5 12 .5", 0.55)}`,
  flower: ({ light }) =>
    `<path d="M32 34Q34 48 32 60" fill="none" stroke="#17562c" stroke-width="7"/><path d="M32 34Q34 48 32 60" fill="none" stroke="#43b05c" stroke-width="3.4"/>
     <path d="M33 54Q36 43 50 43Q48 55 33 54Z" fill="#43b05c" stroke="#17562c"/><path d="M31 57Q28 47 14 47Q16 58 31 57Z" fill="#43b05c" stroke="#17562c"/>
     <g>${petals}</g><g stroke="none">${petals.replaceAll('r="8"', 'r="6.6"')}</g>
     <circle cx="32" cy="22" r="6.8" fill="#fff1a8" stroke="#a9740d" stroke-width="2"/><circle cx="32" cy="10.5" r="2.6" fill="${light}" stroke="none"/><circle cx="22" cy="16.5" r="2.6" fill="${light}" stroke="none"/>`,
  boat: ({ light }) =>
    `<path d="M32 4V42" fill="none" stroke="#6b4423" stroke-width="4"/>
     <path d="M35.5 7Q54 18 56 36H35.5Z" fill="#fffaf0"/><path d="M28.5 11Q14 22 11 36H28.5Z"/>
     <path d="M3 42H61Q58 58 46 59H18Q6 58 3 42Z"/>
     <path d="M9 48.5H55" fill="none" stroke="${light}" stroke-width="3.4"/>`,
  cup: ({ light }) =>
    `<path d="M46 30Q60 27 60 38Q60 50 44 50" fill="none" stroke-width="9"/><path d="M46 30Q60 27 60 38Q60 50 44 50" fill="none" stroke="inherit" class="handle" stroke-width="4"/>
     <path d="M7 24H49V46Q49 59 36 59H20Q7 59 7 46Z"/><ellipse cx="28" cy="24" rx="21" ry="5.5" fill="${light}"/>
     <path d="M20 15q-4-5 0-10M32 15q-4-5 0-10" fill="none" stroke="#b9c0cc" stroke-width="3"/>
     ${eyes(21, 35, 39, 2.8)}${smile(28, 43.5, 8)}${cheeks(16, 40, 45)}`,
  heart: () =>
    `<path d="M32 58C4 39 1 25 6 15.5C12 5 26 5 32 17C38 5 52 5 58 15.5C63 25 60 39 32 58Z" stroke-width="3.6"/>${shine("M12 24Q12 15 20 13", 0.7)}`,
  mushroom: () =>
    `<path d="M21 34h22q0 12 4 20q1 6-6 6H23q-7 0-6-6q4-8 4-20Z" fill="#fff3dd" stroke="#6b4a2b"/>
     <path d="M32 4Q58 6 61 32Q61 38 54 38H10Q3 38 3 32Q6 6 32 4Z"/>
     <circle cx="20" cy="22" r="5.5" fill="#fff" stroke="none"/><circle cx="38" cy="14.5" r="4.6" fill="#fff" stroke="none"/><circle cx="48" cy="28" r="5" fill="#fff" stroke="none"/><circle cx="32" cy="30.5" r="3.2" fill="#fff" stroke="none"/>
     ${eyes(27, 37, 46, 2.5)}${smile(32, 50, 6)}`,
  balloon: ({ dark }) =>
    `<path d="M32 46q-6 5 0 9t-1 8" fill="none" stroke="${dark}" stroke-width="2.4"/>
     <path d="M28 49L32 42L36 49Z"/><path d="M32 2C45 2 53 11 53 23C53 35 42 45 32 45C22 45 11 35 11 23C11 11 19 2 32 2Z"/>
     ${shine("M18.5 22Q19 12 27 8.5", 0.75)}`,
  key: ({ light }) =>
    `<path d="M28 27H59Q62 27 62 30V43H54V36H50V41H42V36H28Z" /><path fill-rule="evenodd" d="M18 15a17 17 0 1 1 0 34a17 17 0 1 1 0-34ZM18 25a7 7 0 1 0 0 14a7 7 0 1 0 0-14Z"/>
     <path d="M6 28Q9 20 16 19" fill="none" stroke="${light}" stroke-width="3.4"/>`,
};

/** The icon's SVG elements in a 64x64 view box, without the <svg> around them. */
export function iconMarkup(kind: ObjectKind, colour: Colour): string {
  const inks = INKS[colour];
  const drawing = DRAWINGS[kind](inks).replaceAll('stroke="inherit" class="handle"', `stroke="${inks.fill}"`);
  return `<g fill="${inks.fill}" stroke="${inks.dark}" stroke-width="3" stroke-linejoin="round" stroke-linecap="round">${drawing}</g>`;
}

/** A stand-alone icon of `pixels` x `pixels`, transparent around the drawing. */
export function iconSvg(kind: ObjectKind, colour: Colour, pixels = 64): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}" viewBox="0 0 64 64">${iconMarkup(kind, colour)}</svg>`;
}
