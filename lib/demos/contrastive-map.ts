import { contrastiveMapSchema, type ContrastiveMap } from "@/lib/schemas/stack/contrastive-map";
import map from "@/lib/demos/data/contrastive-map.json";

/** The map of the contrastive encoder's space, as scripts/map-contrastive-space.ts left it. */
export const contrastiveMap: ContrastiveMap = contrastiveMapSchema.parse(map);
