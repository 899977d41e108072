import { idFrom } from '../seededRandom';
import { soundFile } from '../media/audio';
import { contentTypeOf, type ResultFile } from '../media/file';
import type { ModelAnswer, ModelCall } from '../server/modelRoute';
import { defaultOf } from '../models/defaults';
import { costOf, costReport } from '../models/pricing';
import type { SandboxState } from '../server/state';
import { pick } from '../pick';
import { SPEECH_VARIANTS, type SpeechVariant } from './speechVariants';

const CHARACTERS_PER_SECOND = 15;
const MAX_SECONDS = 10;

/** Speaks a text: JSON with a URL, or the bytes for models that stream. */
export function speak(call: ModelCall, { files }: SandboxState): ModelAnswer {
	const { model, body, requestId, origin } = call;
	const form: SpeechVariant = pick<SpeechVariant>(SPEECH_VARIANTS, model.variant) ?? {};
	const text = String(body.text ?? body.script ?? '');
	const file: ResultFile = { ...soundOf(call, text), ...form.file };
	const cost = costOf(model.pricing, { character: text.length }, body);
	if (form.bytes ?? body.stream ?? defaultOf(model, 'stream')) {
		return { body: file.make(), contentType: contentTypeOf(file), cost };
	}
	const url = origin + files.add(idFrom(requestId, 'speech'), file);
	const audio = form.bareAddress ? url : { url };
	return { body: { audio, ...costReport(cost) }, cost };
}

/** The audio in the requested format, which models name in different ways. */
function soundOf({ model, body }: ModelCall, text: string): ResultFile {
	const settings = { ...(body.audio_setting as object), ...(body.audio_config as object) };
	const formats: Record<string, unknown> = { ...settings, ...body };
	const named = ['response_format', 'output_format', 'format', 'encoding'].map(
		(name) => formats[name] ?? defaultOf(model, name),
	);
	const seconds = Math.min(MAX_SECONDS, text.length / CHARACTERS_PER_SECOND);
	return soundFile(
		named.find((format) => format !== undefined),
		seconds,
		text,
	);
}
