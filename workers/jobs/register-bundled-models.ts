import { registerBundledModels } from "@/lib/evaluation/register-bundled-models";
import type { Handler } from "@/workers/context";

export const registerBundledModelsJob: Handler<"register-bundled-models"> = (_payload, context) =>
  registerBundledModels(context, context.signal);
