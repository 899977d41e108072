import type { TranscriptionVariantName } from '../../answers/transcription';
import type { Schema } from '../../schema/openapi';
import type { Model } from '../model';
import { perUnit } from '../pricing';
import { address, flag, uploadedFile } from '../schemas/media';
import { deviatingModel, mediaModel } from './mediaModel';

const endpoint = '/v1/stt/create';
const pricing = perUnit('second', 0.0001);
const url = address('Where the recording is.');
const language: Schema = { type: 'string', description: 'What is spoken, e.g. en.' };

const deepgramParameters: Record<string, Schema> = {
	url,
	audio: uploadedFile,
	language,
	punctuate: flag('Whether to set commas and full stops.'),
	smart_format: flag('Whether to write dates and sums as one does.'),
	diarize: flag('Whether to tell the speakers apart.'),
	detect_language: flag('Whether to find out the language.'),
	paragraphs: flag('Whether to make paragraphs.'),
	utterances: flag('Whether to make utterances.'),
};

const nova = mediaModel({
	id: '#g1_nova-2-general',
	aliases: ['nova-2-general'],
	endpoint,
	name: 'Nova 2',
	developer: 'Deepgram',
	description: 'Transcripts with words and times, in the form of Deepgram.',
	input: ['audio'],
	pricing,
	properties: deepgramParameters,
	required: [],
});

const universal = mediaModel({
	id: 'aai/universal',
	endpoint,
	name: 'Universal',
	developer: 'AssemblyAI',
	description: 'Transcripts in the form of AssemblyAI, with a status of their own.',
	input: ['audio'],
	pricing,
	properties: {
		url,
		audio: uploadedFile,
		language_code: language,
		punctuate: flag('Whether to set commas and full stops.', true),
		speaker_labels: flag('Whether to tell the speakers apart.'),
		redact_pii: flag('Whether to leave out what is personal.'),
		auto_chapters: flag('Whether to make chapters.'),
	},
	required: [],
});

const miniTranscribe = mediaModel({
	id: 'openai/gpt-4o-mini-transcribe',
	aliases: ['gpt-4o-mini-transcribe'],
	endpoint,
	name: 'GPT-4o mini Transcribe',
	developer: 'OpenAI',
	description: 'Transcripts in the form of OpenAI. Takes an upload as file.',
	input: ['audio'],
	pricing,
	properties: {
		url,
		file: uploadedFile,
		language,
		prompt: { type: 'string', description: 'Words that will come.' },
		temperature: { type: 'number', minimum: 0, maximum: 1 },
	},
	required: [],
});

const descriptions: Record<TranscriptionVariantName, string> = {
	'stt-output': 'The transcript stands in output, as the specification says, and the id in id.',
	'stt-inner-error': 'Completed, and charged, with a result that says error.',
};

const deviating = (Object.keys(descriptions) as TranscriptionVariantName[]).map((variant) =>
	deviatingModel(variant, descriptions[variant], {
		endpoint,
		pricing,
		properties: { url, audio: uploadedFile, language },
		required: [],
	}),
);

export const transcriptionModels: Model[] = [nova, universal, miniTranscribe, ...deviating];
