import { paintDemos } from "@/lib/demos/generate-demos";
import type { Handler } from "@/workers/context";

export const paintDemosJob: Handler<"paint-demos"> = (_payload, context) => paintDemos(context);
