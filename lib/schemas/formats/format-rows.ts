import { FORMATS } from "@/lib/schemas/formats/format-table";

const SIZE = { pixels: "pixels", list: "pixels of a list", ratio: "ratio and class", none: "none" };
const yes = (has: boolean) => (has ? "yes" : "");
const field = (name: string | null) => (name === null ? "" : `\`${name}\``);

/** The table of wire formats as docs/endpoints.md has it, its head first. */
export const formatRows = (): string[][] => [
  [
    ...["Format", "What it is", "Hosts that choose it", "Size", "Seed", "n", "Steps", "Guidance"],
    ...["Negative prompt", "Background", "Polled"],
  ],
  ...Object.entries(FORMATS).map(([id, format]) => [
    `\`${id}\``,
    format.label,
    format.hosts.map((host: string) => `\`${host}\``).join(", "),
    SIZE[format.size],
    format.seed,
    String(format.n),
    ...[format.steps, format.guidance, format.negativePrompt].map(field),
    ...[format.background, format.polls].map(yes),
  ]),
];

/** The table of what formats serve besides images of a prompt, its head first. */
export const taskRows = (): string[][] => [
  [
    ...["Format", "Images of an edit", "Mask", "Size of a video", "First frame", "Seed", "Steps", "Guidance"],
    "Negative prompt",
  ],
  ...Object.entries(FORMATS)
    .filter(([, { edits, video }]) => edits > 0 || video !== null)
    .map(([id, { edits, mask, video }]) => [
      `\`${id}\``,
      edits === 0 ? "" : `up to ${edits}`,
      yes(mask),
      video === null ? "" : SIZE[video.size],
      yes(video?.firstFrame === true),
      video?.seed ?? "",
      ...[video?.steps, video?.guidance, video?.negativePrompt].map((name) => field(name ?? null)),
    ]),
];
