import { paintDemos } from "@/lib/stack/paint-demos";
import type { Handler } from "@/workers/context";

export const paintDemosJob: Handler<"paint-demos"> = (_payload, context) => paintDemos(context);
