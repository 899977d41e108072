export { AimlApi as AimlApiCredential } from './credentials/AimlApi.credentials';
export { AimlApi } from './nodes/AimlApi/AimlApi.node';
export { EmbeddingsAimlApi } from './nodes/EmbeddingsAimlApi/EmbeddingsAimlApi.node';
export { LmChatAimlApi } from './nodes/LmChatAimlApi/LmChatAimlApi.node';
