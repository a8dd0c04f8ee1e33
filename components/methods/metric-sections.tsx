import Link from "next/link";
import { Formula } from "@/components/demos/formula";
import type { MethodSection } from "@/components/methods/method-section";

/** What is measured on images without people. */
export const METRIC_SECTIONS: readonly MethodSection[] = [
  {
    id: "fd",
    title: "FD-toybox",
    body: (
      <>
        <p>
          The bundled board is about Toybox, a small captioned world whose images Salon can draw exactly.
          FD-toybox is the Fréchet distance between a model&apos;s images and at least 10,000 real Toybox
          renders that no model was trained on, in the features of Salon&apos;s own small encoder. Lower is
          better. It is not FID, which uses another network and other images, and must not be compared with
          published FIDs.
        </p>
        <Formula
          tex="d^2 = \lVert \mu_1 - \mu_2 \rVert^2 + \operatorname{tr}\bigl(\Sigma_1 + \Sigma_2 - 2\,(\Sigma_1 \Sigma_2)^{1/2}\bigr)"
          meaning="The Fréchet distance of two normal distributions with the means and covariances of the features."
        />
        <p>
          The distance is biased upward when few images are measured, so it is always shown with n, a
          bootstrap interval and, where n is small beside the number of features, a warning. Two values may be
          compared only when their protocol hash is the same: encoder, preprocessing, number of samples,
          reference and code.
        </p>
      </>
    ),
  },
  {
    id: "beside",
    title: "Beside real images",
    body: (
      <>
        <p>
          Each finished run is also compared with single real images, listed under{" "}
          <Link href="/references" className="link">
            References
          </Link>
          , in the same features: the kernel distance, precision and recall (do its images look real, does it
          make everything there is), separability (how well a simple classifier tells its images from real
          ones) and authenticity (does it copy). A curve shows FD-toybox against the number of images and
          where it leads at infinitely many. Differences of two runs are paired by prompt and given with an
          interval; runs of different protocols are not compared.
        </p>
      </>
    ),
  },
  {
    id: "grader",
    title: "Grader alignment",
    body: (
      <>
        <p>
          A second small network reads objects, colours, counts, relation and background from each image and
          compares them with what the prompt said, exactly known for Toybox. The figure is the share of images
          with nothing missing or wrong, with Wilson&apos;s 95% interval. It judges whether the right things
          are there, not whether they are well drawn: a lopsided star is still a star.
        </p>
      </>
    ),
  },
  {
    id: "contrastive",
    title: "Contrastive alignment",
    body: (
      <>
        <p>
          A third network puts images and captions into one space, trained so that an image and its caption
          point the same way. The figure is the mean cosine of each image and its prompt, with an interval
          over prompts. It grades by degrees where the grader says right or wrong, but goes by which things
          and colours are there, hardly by whose colour is whose or what is left of what. It was trained on
          Toybox alone; its values are not those of CLIPScore. Prompts with words it does not know are left
          out.
        </p>
      </>
    ),
  },
  {
    id: "motion",
    title: "Motion",
    body: (
      <>
        <p>
          Videos are also measured by how they move, from their first 16 frames alone. Each frame is cut into
          blocks, and each block is looked for in the frame before. What changes although every block was
          followed is temporal flicker, in levels of 255. How well a frame is the middle of its neighbours
          along the blocks&apos; ways is motion smoothness. How far the twentieth of the blocks that move most
          go from frame to frame is the dynamic degree, in percent of the diagonal: a frozen video never
          flickers, but has 0 there. All are means over prompts with an interval. They ask what VBench asks
          under these names, without its networks, so the values are not VBench&apos;s.
        </p>
      </>
    ),
  },
];
