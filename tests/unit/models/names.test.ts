import { describe, expect, it, test } from "vitest";
import { nameSkeleton } from "@/lib/models/name-skeleton";
import { shownName } from "@/lib/schemas/shown-name";
import { submission } from "@/lib/schemas/submissions";

describe("names that pass for each other have one skeleton", () => {
  test.each([
    ["Salon", "SALON"],
    ["Salon", "SaIon"],
    ["Salon", "Sal0n"],
    ["Salon", "\u0405\u0430l\u043en"],
    ["Salon", "\uff33\uff41\uff4c\uff4f\uff4e"],
    ["Salon", "S a l o n."],
    ["Salon", "S\u00e0l\u00f6n"],
    ["Flow DiT (latent)", "Fl\u043ew D\u0456T (latent)"],
    ["Flow DiT (latent)", "flow-dit latent"],
    ["GPT-IMAGE", "gpt-image"],
    ["FLUX.1 [dev]", "FLUX l dev"],
    ["modern", "modem"],
  ])("%s, %s", (name, other) => {
    expect(nameSkeleton(other)).toBe(nameSkeleton(name));
  });

  test.each([
    ["FLUX.1", "FLUX.2"],
    ["Salon", "Saloon"],
    ["模型一", "模型二"],
    ["\u{1f600}", "\u{1f680}"],
    ["Model 10", "Model 20"],
  ])("and %s is not %s", (name, other) => {
    expect(nameSkeleton(other)).not.toBe(nameSkeleton(name));
  });
});

describe("a name", () => {
  it.each([
    ["a zero-width space", "Flow\u200bDiT"],
    ["nothing but zero-width spaces", "\u200b\u200b\u200b"],
    ["a mark that turns the direction", "\u202etiD wolF"],
    ["an isolate", "\u2066Flow\u2069"],
    ["a soft hyphen", "Flow\u00adDiT"],
    ["a control character", "Flow\u0007"],
    ["a line break", "Flow\nDiT"],
    ["a filler", "\u3164"],
    ["a braille blank", "\u2800Flow"],
    ["a selector", "Flow\ufe0f"],
    ["a tag character", "Flow\u{e0041}"],
    ["half of a pair", "Flow\ud800"],
    ["a tower of marks", "Fl\u0353\u0354\u0355\u0356\u0359ow"],
    ["nothing to be read", "!!!"],
  ])("with %s is refused", (_, name) => {
    expect(shownName.safeParse(name).success).toBe(false);
    const rest = { creator: "Lab", endpointUrl: "https://host/v1", providerModel: "m" };
    expect(submission.safeParse({ ...rest, name }).success).toBe(false);
    expect(submission.safeParse({ ...rest, name: "Fine", paradigm: `x ${name}` }).success).toBe(
      name === "!!!",
    );
  });

  it.each(["FLUX.2 [dev]", "Ünïque", "模型", "مولد الصور", "चित्र", "Größe 3", "Việt Nam"])(
    "may be %s",
    (name) => {
      expect(shownName.parse(name)).toBe(name.normalize("NFC"));
    },
  );

  it("has plain spaces, and none around it", () => {
    expect(shownName.parse(" \u00a0Flow\u2003 DiT\u3000")).toBe("Flow DiT");
  });
});
