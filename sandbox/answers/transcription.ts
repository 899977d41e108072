import { bodyError } from '../server/errors';
import type { UploadedFile } from '../server/form';
import type { JobDraft } from '../server/jobRoute';
import type { JobForm } from '../server/jobs';
import type { ModelCall } from '../server/modelRoute';
import { costOf } from '../models/pricing';
import { pick } from '../pick';
import { transcriptFormOf, type Recording } from './transcripts';

const RECORDING_SECONDS = 12;

/** The documented deviations, by name. */
export const TRANSCRIPTION_VARIANTS = {
	'stt-output': ({ job, transcript }) => ({
		form: { ...job, pollIdName: 'id' },
		result: { output: transcript },
	}),
	'stt-inner-error': ({ job }) => ({
		form: job,
		result: { result: { status: 'error', text: null, error: 'The recording cannot be read' } },
	}),
} satisfies Record<string, TranscriptionVariant>;

type TranscriptionVariant = (usual: {
	job: JobForm;
	transcript: Record<string, unknown>;
}) => Pick<JobDraft, 'form' | 'result'>;

/** The job that transcribes a recording. */
export function draftTranscript({ model, body }: ModelCall): JobDraft {
	const recording = findRecording(body);
	const { job, result } = transcriptFormOf(model.id);
	const transcript = result(recording);
	const deviate = pick<TranscriptionVariant>(TRANSCRIPTION_VARIANTS, model.variant);
	return {
		cost: costOf(model.pricing, { second: RECORDING_SECONDS }, body),
		...(deviate?.({ job, transcript }) ?? { form: job, result: { result: transcript } }),
	};
}

/** @throws a 400 unless the body has a recording, whatever its property is called */
function findRecording(body: ModelCall['body']): Recording {
	const { diarize, speaker_labels } = body;
	const source = sourceOf(body);
	if (source === undefined) throw bodyError('url', 'Required at url');
	const name = source.split(/[?#]/)[0].split('/').pop() || 'recording';
	return {
		name,
		text: `This is what was said in ${name}. It was a short recording.`,
		seconds: RECORDING_SECONDS,
		diarize: diarize === true || speaker_labels === true,
	};
}

/** The name of an uploaded file, or a URL. */
function sourceOf(body: ModelCall['body']): string | undefined {
	const values = Object.values(body);
	const uploaded = values.find(isUploaded);
	const isSource = (name: string) => /(^|_)(url|audio|file|recording)/.test(name);
	const named = Object.keys(body)
		.filter(isSource)
		.map((name) => body[name]);
	const address = named.find((value) => typeof value === 'string');
	return uploaded?.originalname ?? (address as string | undefined);
}

const isUploaded = (value: unknown): value is UploadedFile =>
	typeof value === 'object' && value !== null && 'originalname' in value;
