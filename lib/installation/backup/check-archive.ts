import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { SalonError } from "@/lib/errors";
import {
  artifactName,
  artifactOf,
  FORMAT,
  isList,
  manifest,
  MANIFEST,
  MANIFEST_HASH,
  type Manifest,
} from "@/lib/installation/backup/manifest";
import { readMembers } from "@/lib/installation/backup/read-members";

/** Damage is listed up to so many lines. */
const NAMED = 20;
/** Longest text that is read into memory: the manifest, or the list of a folder. */
const MAX_TEXT_BYTES = 1 << 28;

/**
 * Read an archive from end to end: every member that its manifest and its lists name is there, with the bytes they say, and no
 * other. Holds the hashes of one folder of artifacts at a time.
 * @returns its manifest
 * @throws SalonError "invalid_request" with a line for each damaged or missing member, or for a form this Salon does not know
 */
export async function checkArchive(file: string, onBytes?: (read: number) => void): Promise<Manifest> {
  const check = new ArchiveCheck();
  try {
    await readMembers(file, (name, body) => check.member(name, body), onBytes);
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw error; // the disk's, not the archive's
    check.breaksOff(error);
  }
  return check.finish(file);
}

class ArchiveCheck {
  private readonly problems: string[] = [];
  /** sha256 of members that the manifest lists. */
  private readonly members = new Map<string, string>();
  /** The manifest, and what says that it is whole. */
  private readonly seal = new Map<string, { text: string; sha256: string }>();
  /** Since the last list. */
  private artifacts = new Set<string>();
  private last = "its start";

  async member(name: string, body: Readable): Promise<void> {
    this.last = name;
    const isSeal = name === MANIFEST || name === MANIFEST_HASH;
    const { sha256, text } = await read(body, isSeal || isList(name));
    const artifact = artifactOf(name);
    if (isSeal) this.seal.set(name, { text, sha256 });
    else if (artifact === null) this.members.set(name, sha256);
    else {
      if (sha256 !== artifact) this.problems.push(`${name} has other bytes than its name says.`);
      this.artifacts.add(artifact);
    }
    if (isList(name)) this.compareList(name, text);
  }

  breaksOff(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.problems.push(`It cannot be read beyond ${this.last} (${reason}).`);
  }

  finish(file: string): Manifest {
    const found = this.readManifest();
    if (found !== null) {
      this.compareMembers(found);
      for (const sha256 of this.artifacts) this.problems.push(`${artifactName(sha256)} stands in no list.`);
    }
    if (found === null || this.problems.length > 0) throw damaged(file, this.problems);
    return found;
  }

  private compareList(name: string, text: string): void {
    const listed = new Set(text.split("\n").flatMap((line) => /^[0-9a-f]{64}/.exec(line) ?? []));
    for (const sha256 of listed) {
      if (!this.artifacts.has(sha256)) this.problems.push(`${artifactName(sha256)} is missing.`);
    }
    for (const sha256 of this.artifacts) {
      if (!listed.has(sha256)) this.problems.push(`${artifactName(sha256)} does not stand in ${name}.`);
    }
    this.artifacts = new Set();
  }

  private readManifest(): Manifest | null {
    const about = this.seal.get(MANIFEST);
    const hash = this.seal.get(MANIFEST_HASH);
    if (about === undefined || hash === undefined) {
      const name = about === undefined ? MANIFEST : MANIFEST_HASH;
      this.problems.push(`${name} is missing: the archive was cut short.`);
      return null;
    }
    if (hash.text !== `${about.sha256}  ${MANIFEST}\n`) {
      this.problems.push(`${MANIFEST} does not match ${MANIFEST_HASH}.`);
      return null;
    }
    const content: unknown = JSON.parse(about.text);
    const { format } = content as { format?: number };
    if (format !== FORMAT) {
      this.problems.push(`Its form is ${format}; this Salon reads ${FORMAT}. Use a newer Salon.`);
      return null;
    }
    return manifest.parse(content);
  }

  private compareMembers({ members }: Manifest): void {
    const listed = new Set(members.map(({ name }) => name));
    for (const { name, sha256 } of members) {
      const found = this.members.get(name);
      if (found === undefined) this.problems.push(`${name} is missing.`);
      else if (found !== sha256) this.problems.push(`${name} has other bytes than the manifest says.`);
    }
    for (const name of this.members.keys()) {
      if (!listed.has(name)) this.problems.push(`${name} does not stand in the manifest.`);
    }
  }
}

async function read(body: Readable, isText: boolean): Promise<{ sha256: string; text: string }> {
  const hash = createHash("sha256");
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    hash.update(piece);
    size += piece.length;
    if (isText && size <= MAX_TEXT_BYTES) pieces.push(piece);
  }
  return { sha256: hash.digest("hex"), text: Buffer.concat(pieces).toString("utf8") };
}

function damaged(file: string, problems: string[]): SalonError {
  const more = problems.length > NAMED ? [`... and ${problems.length - NAMED} more`] : [];
  const lines = [...problems.slice(0, NAMED), ...more].map((line) => `\n  ${line}`);
  return new SalonError("invalid_request", `${file} is not a whole backup of Salon:${lines.join("")}`);
}
