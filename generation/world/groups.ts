import type { Colour, ObjectKind, Scene } from "@/lib/schemas/stack/scene";

/** Objects of one kind, which in a scene are of one colour. */
export interface Group {
  kind: ObjectKind;
  colour: Colour;
  count: number;
}

/** The scene's objects by kind. */
export function groupsOf(scene: Scene): Group[] {
  const groups: Group[] = [];
  for (const { kind, colour } of scene.objects) {
    const same = groups.find((group) => group.kind === kind);
    if (same) same.count += 1;
    else groups.push({ kind, colour, count: 1 });
  }
  return groups;
}
