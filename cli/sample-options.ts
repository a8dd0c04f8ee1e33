import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { frameRuleName, type DecodeOptions, type FrameRule } from "@/lib/media/decode-video";
import { MOST_PIXELS, OWN_MAX_PIXELS } from "@/lib/media/decode-image";

/** How samples are read, whatever encoder follows. */
export interface SampleFlags {
  frameRule?: FrameRule;
  tolerateDamage?: boolean;
  maxPixels?: number;
}

/** Adds the options of how samples are read. */
export function withSampleOptions(command: Command): Command {
  return command
    .option(
      "--frame-rule <rule>",
      "frames of a video: first (of most encoders the default), even (from first to last) or fps=N (the first at this rate)",
      frameRule,
    )
    .option("--tolerate-damage", "take damaged videos as far as they decode, and say how many", false)
    .option(
      "--max-pixels <count>",
      `pixels an image may have (default ${OWN_MAX_PIXELS}, at most ${MOST_PIXELS})`,
      maxPixels,
    );
}

function frameRule(text: string): FrameRule {
  if (text === "first" || text === "even") return text;
  const fps = Number(/^fps=([\d.]+)$/.exec(text)?.[1]);
  if (!(fps > 0 && fps <= 1000)) throw new InvalidArgumentError("first, even or fps=N.");
  return { fps };
}

function maxPixels(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1 || value > MOST_PIXELS)
    throw new InvalidArgumentError(`an integer from 1 to ${MOST_PIXELS}.`);
  return value;
}

/** What is wrong with the videos that were taken all the same. */
export class Damage {
  private readonly found: string[] = [];

  /** Options for a video of this name; `own`: the frames that its encoder reads unless told. */
  options({ frameRule, tolerateDamage }: SampleFlags, name: string, own?: FrameRule): DecodeOptions {
    return {
      rule: frameRule ?? own,
      onDamage: tolerateDamage ? (complaint) => this.found.push(`${name} (${complaint})`) : undefined,
    };
  }

  /** For the reader; none where all was whole. */
  remarks(): string[] {
    const [first, ...others] = this.found;
    return first === undefined
      ? []
      : [`Damaged videos taken all the same: ${others.length + 1}, the first ${first}.`];
  }
}

/** Added to the preprocessing of a protocol: the rule, unless it is the encoder's own. */
export const ruleInProtocol = ({ frameRule }: SampleFlags, own: FrameRule = "first"): string =>
  frameRule === undefined || frameRuleName(frameRule) === frameRuleName(own)
    ? ""
    : `, frames ${frameRuleName(frameRule)}`;
