import type {
  Background,
  CaptionTruth,
  Colour,
  ObjectKind,
  Relation,
  Scene,
} from "@/lib/schemas/stack/scene";
import { captionFromTruth, COUNT_WORDS, noun } from "@/generation/world/caption";
import { HELD_OUT_COLOUR } from "@/generation/world/held-out";
import { seededRandom, type Random } from "@/generation/world/random";
import { NATURAL_COLOUR, sampleBalancedScene, SPLIT } from "@/generation/world/scene-sampler";

/** What a terse prompt asks for; what it leaves open is null, and `counts` are the numbers it allows. */
export interface TerseRequest {
  objects: { kind: ObjectKind; colour: Colour | null; counts: readonly number[] }[];
  relation: Relation | null;
  background: Background | null;
}

/** A terse prompt, what it asks for, and a full caption that grants it. */
export interface TersePair {
  terse: string;
  request: TerseRequest;
  caption: string;
}

/** Words that no grammar holds, as people put them into prompts. */
const FILLERS = ["cute", "please", "picture", "of", "nice", "draw", "small", "happy", "scene"];

/** A teddy bear by the names people use. */
function shortNoun(kind: ObjectKind, count: number, random: Random): string {
  if (kind !== "teddy bear") return noun(kind, count);
  const name = random.pick(["bear", "teddy", "teddy bear"], [5, 2, 2]);
  return count > 1 && name !== "teddy" ? `${name}s` : name;
}

/**
 * The scene's own claims in full, except that colours nobody asked for are mostly the natural ones, and never held-out ones:
 * an enhancer fills gaps with what is likely.
 */
function fullTruth(scene: Scene, asked: ReadonlySet<ObjectKind>, random: Random): CaptionTruth {
  const objects: CaptionTruth["objects"] = [];
  for (const { kind, colour } of scene.objects) {
    const same = objects.find((object) => object.kind === kind);
    const natural = !asked.has(kind) && (colour === HELD_OUT_COLOUR[kind] || random.chance(0.6));
    if (same) same.count += 1;
    else objects.push({ kind, colour: natural ? NATURAL_COLOUR[kind] : colour, count: 1 });
  }
  return { objects, relation: scene.relation, background: scene.background.colour };
}

function objectWords({ kind, colour, counts }: TerseRequest["objects"][number], random: Random): string {
  const most = Math.max(...counts);
  const words = [...(colour ? [colour] : []), shortNoun(kind, most, random)];
  if (counts.length === 1 && (most > 1 || random.chance(0.15))) words.unshift(COUNT_WORDS[most - 1]);
  return words.join(" ");
}

/**
 * A pair that the prompt enhancer learns from or is tested on; the same index and split give the same pair. The terse side
 * names every object, and colours, relation and background by chance; some come as whole sentences, some with words between
 * that mean nothing. The full side says everything.
 */
export function sampleTersePair(index: number, split: "enhancer" | "enhancer-validation"): TersePair {
  const random = seededRandom(index, SPLIT[split]);
  const scene = sampleBalancedScene(index, split);
  const kinds = [...new Set(scene.objects.map(({ kind }) => kind))];
  const asked = new Set(kinds.filter(() => random.chance(0.45)));
  const truth = fullTruth(scene, asked, random);
  const sentence = random.chance(0.2);
  const plural = !sentence && random.chance(0.4);
  const request: TerseRequest = {
    objects: truth.objects.map(({ kind, colour, count }) => ({
      kind,
      colour: asked.has(kind) ? colour : null,
      // "stars" allows two or three of them; "fish" does not tell.
      counts: count > 1 && plural && kind !== "fish" ? [2, 3] : [count],
    })),
    relation: truth.relation !== null && (sentence || random.chance(0.55)) ? truth.relation : null,
    background: random.chance(0.35) ? truth.background : null,
  };
  const saysWith = request.relation === "with" && random.chance(0.3);
  const caption = captionFromTruth(truth, !saysWith);
  if (sentence) {
    const said = {
      ...request,
      objects: truth.objects.map((object, at) => ({ ...object, colour: request.objects[at].colour })),
    };
    return { terse: captionFromTruth(said, !saysWith), request, caption };
  }
  const words = request.objects.map((object) => objectWords(object, random));
  if (request.relation !== null) words.splice(1, 0, relationWords(request, saysWith, random));
  else if (truth.relation === null && words.length > 1 && random.chance(0.3)) words.splice(-1, 0, "and");
  if (request.background) {
    words.push(random.pick([`${request.background} background`, `on ${request.background}`]));
  }
  if (random.chance(0.1))
    words.splice(Math.floor(random.next() * (words.length + 1)), 0, random.pick(FILLERS));
  return { terse: words.join(" "), request, caption };
}

function relationWords({ relation, objects }: TerseRequest, saysWith: boolean, random: Random): string {
  if (relation === "with") return objects[1].kind === "book" && !saysWith ? "reading" : "with";
  return random.chance(0.4) ? relation!.split(" ")[0] : relation!;
}

/** Whether a caption grants all that was asked for. */
export function grants(truth: CaptionTruth, request: TerseRequest): boolean {
  return (
    request.objects.every(({ kind, colour, counts }) =>
      truth.objects.some(
        (object) =>
          object.kind === kind &&
          counts.includes(object.count) &&
          (colour === null || object.colour === colour),
      ),
    ) &&
    (request.relation === null ||
      (truth.relation === request.relation && truth.objects[0].kind === request.objects[0].kind)) &&
    (request.background === null || truth.background === request.background)
  );
}

/** Whether a caption shows no kind that was not asked for, and each asked kind once: nothing beside, nothing twice. */
export function addsNothing(truth: CaptionTruth, request: TerseRequest): boolean {
  const kinds = truth.objects.map(({ kind }) => kind);
  return (
    kinds.length === request.objects.length &&
    new Set(kinds).size === kinds.length &&
    kinds.every((kind) => request.objects.some((object) => object.kind === kind))
  );
}

/** Whether a caption leaves nothing unsaid: every colour and the background. */
export function saysAll(truth: CaptionTruth): boolean {
  return truth.background !== null && truth.objects.every(({ colour }) => colour !== null);
}
