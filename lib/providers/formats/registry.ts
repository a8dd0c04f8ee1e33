import { A1111 } from "@/lib/providers/formats/a1111";
import { BFL } from "@/lib/providers/formats/bfl";
import { COMFYUI } from "@/lib/providers/formats/comfyui";
import { DASHSCOPE } from "@/lib/providers/formats/dashscope";
import { FAL } from "@/lib/providers/formats/fal";
import { FIREWORKS } from "@/lib/providers/formats/fireworks";
import { GEMINI } from "@/lib/providers/formats/gemini";
import { HTTP } from "@/lib/providers/formats/http";
import { HUGGING_FACE } from "@/lib/providers/formats/huggingface";
import type { WireFormat } from "@/lib/providers/formats/format";
import { KLING } from "@/lib/providers/formats/kling";
import { LUMA } from "@/lib/providers/formats/luma";
import {
  AZURE_OPENAI,
  DASHSCOPE_OPENAI,
  MINIMAX,
  OPENAI,
  OPENROUTER,
  SEEDREAM,
  SGLANG,
  TOGETHER,
  VLLM_OMNI,
  XAI,
} from "@/lib/providers/formats/openai-images";
import { REPLICATE } from "@/lib/providers/formats/replicate";
import { RUNWAY } from "@/lib/providers/formats/runway";
import { SD_CPP } from "@/lib/providers/formats/sd-cpp";
import { STABILITY } from "@/lib/providers/formats/stability";
import type { FormatId } from "@/lib/schemas/formats/formats";

/** How each wire format is spoken; the compiler asks for each. */
export const WIRE_FORMATS: Record<FormatId, WireFormat> = {
  "openai-images": OPENAI,
  "azure-openai": AZURE_OPENAI,
  xai: XAI,
  together: TOGETHER,
  openrouter: OPENROUTER,
  seedream: SEEDREAM,
  "vllm-omni": VLLM_OMNI,
  sglang: SGLANG,
  minimax: MINIMAX,
  "dashscope-openai": DASHSCOPE_OPENAI,
  http: HTTP,
  a1111: A1111,
  "sd-cpp": SD_CPP,
  comfyui: COMFYUI,
  bfl: BFL,
  fal: FAL,
  replicate: REPLICATE,
  gemini: GEMINI,
  stability: STABILITY,
  dashscope: DASHSCOPE,
  fireworks: FIREWORKS,
  huggingface: HUGGING_FACE,
  luma: LUMA,
  runway: RUNWAY,
  kling: KLING,
};
