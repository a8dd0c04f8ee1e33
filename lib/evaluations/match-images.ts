/** An image file of a prompt. */
export interface MatchedImage {
  name: string;
  key: string;
  /** Which image of its prompt it is. */
  index: number;
}

const IMAGE = /\.(png|jpe?g|webp)$/i;

/**
 * Finds each image's prompt by its name: KEY/0.png, KEY/samples/0000.png (GenEval's folders), KEY_0.png, KEY-0.png or KEY.png. Keys
 * that are numbers match with leading zeros too, so 00012.png is the prompt 12. Two files for one image of a prompt: the first is
 * taken, the other is left out.
 * @returns matched images in the order of the prompts and of their indices
 */
export function matchImages(
  names: readonly string[],
  keys: readonly string[],
): { matched: MatchedImage[]; leftOut: { file: string; reason: string }[] } {
  const order = new Map(keys.map((key, at) => [key, at]));
  const numbers = new Map(keys.filter(isNumber).map((key) => [String(BigInt(key)), key]));
  const keyOf = (text: string): string | undefined =>
    order.has(text) ? text : isNumber(text) ? numbers.get(String(BigInt(text))) : undefined;
  const found = new Map<string, MatchedImage>();
  const leftOut: { file: string; reason: string }[] = [];
  for (const name of names) {
    if (!IMAGE.test(name)) {
      leftOut.push({ file: name, reason: "not an image file (.png, .jpg, .jpeg or .webp)" });
      continue;
    }
    const image = matchName(name, keyOf);
    if (image === null) leftOut.push({ file: name, reason: "no prompt has this key" });
    else {
      const id = `${image.key}/${image.index}`;
      const first = found.get(id);
      if (first === undefined) found.set(id, image);
      else
        leftOut.push({ file: name, reason: `${first.name} is image ${image.index} of the prompt already` });
    }
  }
  const matched = [...found.values()].sort(
    (a, b) => order.get(a.key)! - order.get(b.key)! || a.index - b.index,
  );
  return { matched, leftOut };
}

const isNumber = (text: string) => /^\d{1,18}$/.test(text);

function matchName(name: string, keyOf: (text: string) => string | undefined): MatchedImage | null {
  const parts = name.replace(IMAGE, "").split("/");
  const stem = parts.at(-1)!;
  const folder = parts.slice(0, -1).findLast((part) => part !== "samples");
  const inFolder = folder === undefined || !isNumber(stem) ? undefined : keyOf(folder);
  if (inFolder !== undefined) return { name, key: inFolder, index: Number(stem) };
  const whole = keyOf(stem);
  if (whole !== undefined) return { name, key: whole, index: 0 };
  const numbered = /^(.+)[_-](\d{1,9})$/.exec(stem);
  const key = numbered === null ? undefined : keyOf(numbered[1]);
  return key === undefined ? null : { name, key, index: Number(numbered![2]) };
}
