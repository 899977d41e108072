import { idFrom } from '../seededRandom';
import type { JobDraft } from '../server/jobRoute';
import type { ResultFile } from '../media/file';
import { fixture } from '../media/fixtures';
import type { ModelCall } from '../server/modelRoute';
import { defaultOf } from '../models/defaults';
import { costOf } from '../models/pricing';
import type { SandboxState } from '../server/state';
import { pick } from '../pick';
import { VIDEO_VARIANTS, type VideoVariant } from './videoVariants';

const DEFAULT_SECONDS = 5;

/** The job that generates a video. */
export function draftVideo(
	{ model, body, requestId, origin }: ModelCall,
	{ files }: SandboxState,
): JobDraft {
	const seconds = Number(body.duration ?? defaultOf(model, 'duration') ?? DEFAULT_SECONDS);
	const file: ResultFile = { extension: 'mp4', make: () => fixture('video.mp4') };
	const url = origin + files.add(idFrom(requestId, 'video'), file);
	const { form, video } = pick<VideoVariant>(VIDEO_VARIANTS, model.variant) ?? {};
	return {
		cost: costOf(model.pricing, { second: seconds }, body),
		form,
		result: { video: video ? video({ url, file }) : { url } },
	};
}
