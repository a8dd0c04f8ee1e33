import path from "node:path";
import type { Command } from "commander";
import { BUNDLED_WEIGHTS } from "@/lib/encoders/bundled-weights";
import { encoderIdentity } from "@/lib/encoders/encoder-identity";
import { installEncoder, installedCard, installedNames } from "@/lib/encoders/install-encoder";
import { hasCard } from "@/lib/encoders/model-card";
import { openModel } from "@/lib/encoders/onnx-session";
import { openEncoder } from "@/lib/encoders/open-encoder";
import { openVideoEncoder } from "@/lib/encoders/open-video-encoder";
import { BUNDLED_ENCODERS, bundledSpec } from "@/lib/encoders/registry";
import { STANDARD_ENCODERS } from "@/lib/encoders/standard-encoders";
import { encodersDir, orExit } from "./metric-input";
import { ProgressBar } from "./progress";

/** Adds `salon encoders list | install | verify`. */
export function registerEncoders(program: Command): void {
  const encoders = program.command("encoders").description("List, install and verify feature encoders.");
  encoders
    .command("list")
    .description("all encoders and whether they are here")
    .action(() => orExit(list));
  encoders
    .command("install")
    .description("install a standard encoder (downloaded, or --from a checkpoint) or your own ONNX model")
    .argument("<name>", `${Object.keys(STANDARD_ENCODERS).join(", ")}, or the name in your manifest`)
    .option("--from <file>", "a checkpoint that is already here, or a manifest.json")
    .option("--unverified", "accept a checkpoint whose hash is not the published one", false)
    .action((name: string, flags: { from?: string; unverified: boolean }) =>
      orExit(() => install(name, flags)),
    );
  encoders
    .command("verify")
    .description("check the hashes of the bundled and installed encoders and open each")
    .action(() => orExit(verify));
}

/** Encoders that come with Salon, those whose weights this copy has. */
async function bundledHere() {
  const specs = Object.values(BUNDLED_ENCODERS);
  const areHere = await Promise.all(specs.map(({ name }) => hasCard(path.join(BUNDLED_WEIGHTS, name))));
  return specs.filter((_, i) => areHere[i]);
}

async function list(): Promise<string> {
  const lines = (await bundledHere()).map(({ name, title }) => `${name}  bundled  ${title}`);
  for (const { name, title } of Object.values(STANDARD_ENCODERS)) {
    const card = await installedCard(encodersDir(), name);
    const state = !card
      ? "not installed"
      : card.checkpoint?.verified
        ? "installed"
        : "installed, unverified weights";
    lines.push(`${name}  ${state}  ${title}`);
  }
  for (const name of await installedNames(encodersDir())) {
    if (Object.hasOwn(STANDARD_ENCODERS, name)) continue;
    const card = await installedCard(encodersDir(), name);
    lines.push(`${name}  installed  ${card?.spec?.title ?? ""}`);
  }
  return `${lines.join("\n")}\n`;
}

async function install(name: string, flags: { from?: string; unverified: boolean }): Promise<string> {
  const bar = new ProgressBar(`downloading ${name}`);
  try {
    const card = await installEncoder(name, {
      encodersDir: encodersDir(),
      ...flags,
      onProgress: (done, total) => bar.update(total ? done / total : 0, `${(done / 1e6).toFixed(1)} MB`),
    });
    bar.end();
    const weights = card.checkpoint
      ? ` from ${card.checkpoint.verified ? "the published" : "an unverified"} checkpoint ${card.checkpoint.sha256.slice(0, 12)}`
      : `, sha256 ${card.files.encoder.sha256} (to pin it, write that into its manifest),`;
    return `${name} installed${weights} in ${path.join(encodersDir(), name)}\n`;
  } finally {
    bar.end();
  }
}

async function verify(): Promise<string> {
  const lines: string[] = [];
  for (const { name } of await bundledHere()) {
    const encoder = bundledSpec(name, "video")
      ? await openVideoEncoder(name, { encodersDir: encodersDir() })
      : await openEncoder(name);
    lines.push(`${name}  ${encoder.id}  ok`);
    await encoder.close();
  }
  for (const name of await installedNames(encodersDir())) {
    const card = await installedCard(encodersDir(), name);
    if (!card) continue;
    const { path: file, sha256 } = card.files.encoder;
    const { session } = await openModel(path.join(encodersDir(), name, file), { sha256 });
    await session.release();
    const { id } = await encoderIdentity(name, { encodersDir: encodersDir() });
    lines.push(`${name}  ${id}  ok`);
  }
  return `${lines.join("\n")}\n`;
}
