import type { Operation } from '../shared/run/operation';
import { composeMusic } from './resources/audio/composeMusic';
import { speakText } from './resources/audio/speakText';
import { transcribeRecording } from './resources/audio/transcribeRecording';
import { createBatch } from './resources/batch/createBatch';
import { completeChat } from './resources/chat/completeChat';
import { respondChat } from './resources/chat/respondChat';
import { extractDocumentText } from './resources/document/extractDocumentText';
import { createEmbedding } from './resources/embedding/createEmbedding';
import { editImage } from './resources/image/editImage';
import { generateImage } from './resources/image/generateImage';
import { generateVideo } from './resources/video/generateVideo';

/** Every operation that calls a model, by resource and operation as the editor names them. */
const operations: Record<string, Record<string, Operation>> = {
	audio: { compose: composeMusic, speak: speakText, transcribe: transcribeRecording },
	batch: { create: createBatch },
	chat: { complete: completeChat, respond: respondChat },
	document: { extractText: extractDocumentText },
	embedding: { create: createEmbedding },
	image: { edit: editImage, generate: generateImage },
	video: { generate: generateVideo },
};

/** @returns `undefined` for an operation that calls no model */
export function operationOf(resource: string, operation: string): Operation | undefined {
	return operations[resource]?.[operation];
}
