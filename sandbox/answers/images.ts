import { random, idFrom } from '../seededRandom';
import type { ResultFile } from '../media/file';
import { makePng } from '../media/png';
import { fixture } from '../media/fixtures';
import type { ModelAnswer, ModelCall } from '../server/modelRoute';
import { costOf, costReport } from '../models/pricing';
import type { SandboxState } from '../server/state';
import { dataOf, IMAGE_VARIANTS, inlineDataOf, type ImageVariant } from './imageVariants';
import { sizeOf } from './imageSize';
import { pick } from '../pick';

/** Generates images or meshes, returned as URLs or data. */
export function generateImages(call: ModelCall, { files }: SandboxState): ModelAnswer {
	const { model, body, requestId, origin } = call;
	const form: ImageVariant = pick<ImageVariant>(IMAGE_VARIANTS, model.variant) ?? {};
	const made = (form.files?.() ?? imagesFor(call, form)).map((file, index) => ({
		file,
		url: origin + files.add(idFrom(requestId, 'image', index), file),
	}));
	const cost = costOf(model.pricing, { image: made.length, generation: 1 }, body);
	const answer = form.answer ?? (body.response_format === 'b64_json' ? inlineDataOf : dataOf);
	return {
		body: {
			created: Math.floor(Date.now() / 1000),
			...answer(made),
			...(form.usage?.(cost.credits) ?? costReport(cost)),
		},
		cost,
		withoutCostHeaders: form.usage !== undefined,
	};
}

function imagesFor({ body }: ModelCall, form: ImageVariant): ResultFile[] {
	const count = Math.max(1, Number(body.num_images ?? body.n ?? 1));
	return Array.from({ length: count }, (_, index) => ({
		...imageFor(body, index),
		...form.file?.(body),
	}));
}

function imageFor(body: Record<string, unknown>, index: number): ResultFile {
	const { output_format: format } = body;
	if (format === 'jpeg' || format === 'webp') {
		return { extension: format, make: () => fixture(`image.${format}`) };
	}
	const { width, height } = sizeOf(body);
	const hue = random('hue', String(body.prompt ?? ''), index);
	return { extension: 'png', make: () => makePng(width, height, hue) };
}
