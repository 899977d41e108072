import { parseCatalog } from '../../../../nodes/shared/models/model';
import { endpointsOf } from '../../../../nodes/shared/models/filters';

/** The paths of the endpoints that serve a catalog entry. */
const pathsOf = (entry: object) => {
	const [model] = parseCatalog([{ id: 'm', ...entry }]) ?? [];
	return endpointsOf(model).map(({ path }) => path);
};
const link = (query: string) => ({ info: { docsJson: `https://api.aimlapi.com/${query}` } });

const CHAT = '/v1/chat/completions';
const RESPONSES = '/v1/responses';
const IMAGE = '/v1/images/generations';
const EDIT = '/v1/images/edits';
const VIDEO = '/v2/video/generations';
const MUSIC = '/v2/generate/audio';
const SPEECH = '/v1/tts';
const RECORDING = '/v1/stt/create';
const DOCUMENT = '/v1/ocr';
const EMBEDDING = '/v1/embeddings';

test.each([
	['openai/chat-completions', CHAT],
	['chat-completion', CHAT],
	['openai/responses', RESPONSES],
	['responses', RESPONSES],
	['internal/responses/submit', RESPONSES],
	['openai/image-generations', IMAGE],
	['image', IMAGE],
	['internal/text-to-image', IMAGE],
	['internal/3d-generations/submit', IMAGE],
	['image-to-3d', IMAGE],
	['openai/image-edits', EDIT],
	['image-edit', EDIT],
	['openai/images_edits', EDIT],
	['internal/video-generations/submit', VIDEO],
	['video', VIDEO],
	['image-to-video', VIDEO],
	['audio', MUSIC],
	['music', MUSIC],
	['internal/audio-generations/submit', MUSIC],
	['internal/music-generations', MUSIC],
	['text-to-music', MUSIC],
	['tts', SPEECH],
	['openai/audio-speech', SPEECH],
	['audio/speech', SPEECH],
	['openai/text-to-speech', SPEECH],
	['speech', SPEECH],
	['stt', RECORDING],
	['internal/stt/submit', RECORDING],
	['openai/audio-transcriptions', RECORDING],
	['speech-to-text', RECORDING],
	['internal/speech-to-text/submit', RECORDING],
	['ocr', DOCUMENT],
	['internal/ocr', DOCUMENT],
	['document', DOCUMENT],
	['openai/embeddings', EMBEDDING],
	['embedding', EMBEDDING],
	['text-embedding', EMBEDDING],
])('the type of a model decides its endpoint: %s', (type, path) => {
	expect(pathsOf({ type })).toEqual([path]);
});

test.each([
	[
		'the endpoint in the link to its schema',
		link('docs-json?model=m&endpoint=internal%2Fstt%2Fsubmit'),
		[RECORDING],
	],
	['the path of that link', link('docs-json/v1/images/edits?model=m'), [EDIT]],
	['a path in its query', link('docs-json?path=/v1/tts'), [SPEECH]],
	['the paths of the older catalog', { endpoints: [CHAT, RESPONSES] }, [CHAT, RESPONSES]],
	['the features of the older catalog', { features: ['openai/response-api'] }, [RESPONSES]],
	['a tag', { tags: ['tier:tier_2', 'playground:tts'] }, [SPEECH]],
	['a tag for chat', { tags: ['playground:chat'] }, [CHAT]],
	['a tag for images', { tags: ['playground:image'] }, [IMAGE]],
	['text in and out', { modalities: { input: ['text', 'image'], output: ['text'] } }, [CHAT]],
	['an image that comes out', { modalities: { input: ['text'], output: ['image'] } }, [IMAGE]],
	['a video that comes out', { modalities: { input: ['image'], output: ['video'] } }, [VIDEO]],
	[
		'sound that comes of a text, which may be music or speech',
		{ modalities: { input: ['text'], output: ['audio'] } },
		[MUSIC, SPEECH],
	],
	['text out of sound', { modalities: { input: ['audio'], output: ['text'] } }, [RECORDING]],
	['text out of files', { modalities: { input: ['file', 'image'], output: ['text'] } }, [DOCUMENT]],
	['vectors', { modalities: { input: ['text'], output: ['embedding'] } }, [EMBEDDING]],
])('the endpoint of a model of an unknown type is known by %s', (_, entry, paths) => {
	expect(pathsOf({ type: 'internal/anything', ...entry })).toEqual(paths);
});

test('the type of a model wins over tags and modalities', () => {
	const modalities = { input: ['text', 'image'], output: ['text'] };
	const entry = { type: 'openai/responses', tags: ['playground:chat'], modalities };
	expect(pathsOf(entry)).toEqual([RESPONSES]);
});

test('capabilities and features of a chat model add no endpoints', () => {
	const capabilities = ['image_to_video', 'text_to_video', 'audio_generation', 'vision'];
	const features = ['openai/chat-completion.response-format', 'openai/chat-completion.stream'];
	expect(pathsOf({ type: 'chat-completion', capabilities, features })).toEqual([CHAT]);
});

test('a model without any information has no endpoint', () => {
	expect(pathsOf({})).toEqual([]);
	expect(pathsOf({ type: 'internal/anything', info: { docsJson: 'http://[' } })).toEqual([]);
});

test('the endpoints of a model are determined once, however often they are read', () => {
	const [model] = parseCatalog([{ id: 'm', type: 'openai/chat-completions' }])!;
	const reads = jest.fn(() => 'openai/chat-completions');
	const watched = Object.defineProperty({ ...model }, 'type', { get: reads });
	const found = [1, 2, 3].map(() => endpointsOf(watched).map(({ path }) => path));
	expect(found).toEqual([[CHAT], [CHAT], [CHAT]]);
	expect(reads).toHaveBeenCalledTimes(1);
});
