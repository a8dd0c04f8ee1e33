import { FORMATS } from "@/lib/schemas/formats/format-table";

const SIZE = { pixels: "pixels", list: "pixels of a list", ratio: "ratio and class", none: "none" };
const yes = (has: boolean) => (has ? "yes" : "");

/** The table of wire formats as docs/endpoints.md has it, its head first. */
export const formatRows = (): string[][] => [
  [
    ...["Format", "What it is", "Hosts that choose it", "Size", "Seed", "n", "Steps", "Guidance"],
    ...["Negative prompt", "Background", "Polled", "Edits", "Video"],
  ],
  ...Object.entries(FORMATS).map(([id, format]) => [
    `\`${id}\``,
    format.label,
    format.hosts.map((host: string) => `\`${host}\``).join(", "),
    SIZE[format.size],
    format.seed,
    String(format.n),
    ...[format.steps, format.guidance, format.negativePrompt].map((field) =>
      field === null ? "" : `\`${field}\``,
    ),
    ...[format.background, format.polls, format.edits, format.video].map(yes),
  ]),
];
