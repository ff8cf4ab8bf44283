"""Architectures written by hand, in both languages, on which layout and diagrams are tested."""

from engine.architecture import Architecture, Component, Connection
from engine.models import Category, ConnectionKind, Lane, Text

LANES = (
    Lane(id="sources", title=Text(en="Sources", pt="Origens")),
    Lane(id="ingest", title=Text(en="Ingest", pt="Ingestão")),
    Lane(id="data", title=Text(en="Data", pt="Dados")),
    Lane(id="train", title=Text(en="Train", pt="Treino")),
    Lane(id="serve", title=Text(en="Serve", pt="Inferência")),
    Lane(id="watch", title=Text(en="Watch", pt="Monitoria")),
    Lane(id="govern", title=Text(en="Govern", pt="Governança")),
)


def words(text: str) -> Text:
    """`English | Português`, or one word for both."""
    english, _, portuguese = text.partition(" | ")
    return Text(en=english, pt=portuguese or english)


def box(id_: str, lane: str, category: str, title: str, detail: str = "", mark: str = "") -> Component:
    return Component(
        id=id_,
        lane=lane,
        title=words(title),
        detail=words(detail) if detail else None,
        category=Category(category),
        service=None,
        decisions=(),
        existing=mark == "existing",
        open=mark == "open",
    )


def line(source: str, target: str, kind: str, label: str) -> Connection:
    return Connection(source=source, target=target, kind=ConnectionKind(kind), label=words(label))


def drawn(components: tuple[Component, ...], connections: tuple[Connection, ...] = ()) -> Architecture:
    """An architecture with the lanes in use, in their order."""
    used = {component.lane for component in components}
    return Architecture(tuple(lane for lane in LANES if lane.id in used), components, connections)


FRAUD = drawn(
    (
        box("payment-app", "sources", "person", "Payment app | App de pagamento", mark="existing"),
        box("chargebacks", "sources", "document", "Chargeback system | Sistema de contestações", mark="existing"),
        box("topic", "ingest", "queue", "Pub/Sub", "Transactions topic | Tópico de transações"),
        box("stream", "ingest", "stream", "Dataflow", "Streaming windows | Janelas em fluxo"),
        box("features", "data", "table", "Bigtable", "Features by card | Atributos por cartão"),
        box("history", "data", "database", "BigQuery", "History and labels | Histórico e rótulos"),
        box("pipeline", "train", "pipeline", "Pipelines", "XGBoost training | Treino XGBoost"),
        box("registry", "train", "registry", "Model Registry", "Versions, aliases | Versões, aliases"),
        box("decision", "serve", "service", "Decision service | Serviço de decisão", "Cloud Run"),
        box("endpoint", "serve", "endpoint", "Online endpoint | Endpoint online", "Private Service Connect"),
        box("monitoring", "watch", "monitor", "Model Monitoring", "Input drift | Desvio da entrada", mark="open"),
        box("alerts", "watch", "queue", "Pub/Sub", "Drift alerts | Alertas de desvio"),
        box("guard", "watch", "function", "Cloud Run function", "Guard and start | Confere e inicia"),
    ),
    (
        line("payment-app", "topic", "ingest", "events | eventos"),
        line("payment-app", "decision", "serve", "request and decision | pedido e decisão"),
        line("topic", "stream", "ingest", "stream | fluxo"),
        line("stream", "features", "transform", "windowed counts | contagens por janela"),
        line("stream", "history", "transform", "rows, event time | linhas, hora do evento"),
        line("decision", "topic", "log", "decision log | log de decisões"),
        line("decision", "features", "lookup", "features by key | atributos por chave"),
        line("decision", "endpoint", "serve", "vector and score | vetor e score"),
        line("chargebacks", "history", "ingest", "late labels | rótulos tardios"),
        line("endpoint", "history", "log", "sampled calls | amostra de chamadas"),
        line("history", "monitoring", "monitor", "compare | comparar"),
        line("history", "pipeline", "train", "training table | tabela de treino"),
        line("pipeline", "registry", "register", "new version | nova versão"),
        line("registry", "endpoint", "deploy", "10 % canary | canário de 10 %"),
        line("monitoring", "alerts", "trigger", "drift alert | alerta de desvio"),
        line("alerts", "guard", "trigger", "message | mensagem"),
        line("guard", "pipeline", "trigger", "run | executar"),
    ),
)

TWO_TOWER = drawn(
    (
        box("site", "sources", "device", "Shop site | Site da loja", mark="existing"),
        box("catalogue", "sources", "database", "Item catalogue | Catálogo de itens", mark="existing"),
        box("clicks", "ingest", "queue", "Pub/Sub", "Clicks | Cliques"),
        box("stream", "ingest", "stream", "Dataflow", "Sessions | Sessões"),
        box("warehouse", "data", "database", "BigQuery", "Users, items, clicks | Usuários, itens, cliques"),
        box("features", "data", "table", "Feature Store", "Bigtable serving | Leitura no Bigtable"),
        box("files", "data", "storage", "Cloud Storage", "Training files | Arquivos de treino"),
        box("vectors", "data", "storage", "Cloud Storage", "Item embeddings | Embeddings de itens"),
        box("pipeline", "train", "pipeline", "Pipelines", "Nightly | Toda noite"),
        box("training", "train", "training", "Custom training | Treino personalizado", "Two towers | Duas torres"),
        box("registry", "train", "registry", "Model Registry", "Both towers | As duas torres"),
        box(
            "batch",
            "train",
            "pipeline",
            "Batch inference | Inferência em lote",
            "Candidate tower | Torre de candidatos",
        ),
        box("api", "serve", "service", "Recommender API | API de recomendação", "Cloud Run"),
        box("query", "serve", "endpoint", "Query endpoint | Endpoint de consulta", "Query tower | Torre de consulta"),
        box("index", "serve", "api", "Vector Search", "Index endpoint | Endpoint do índice"),
        box(
            "ranking",
            "serve",
            "endpoint",
            "Ranking endpoint | Endpoint de ranking",
            "Dedicated public | Público dedicado",
        ),
        box("monitoring", "watch", "monitor", "Model Monitoring", "Drift and skew | Desvio e viés"),
    ),
    (
        line("site", "api", "serve", "request and list | pedido e lista"),
        line("site", "clicks", "ingest", "clicks | cliques"),
        line("clicks", "stream", "ingest", "stream | fluxo"),
        line("stream", "warehouse", "ingest", "click rows | linhas de cliques"),
        line("stream", "features", "transform", "session counts | contagens da sessão"),
        line("catalogue", "warehouse", "ingest", "items | itens"),
        line("warehouse", "files", "transform", "pairs | pares"),
        line("warehouse", "features", "transform", "user features | atributos do usuário"),
        line("files", "training", "train", "shards | partes"),
        line("pipeline", "training", "trigger", "run | executar"),
        line("training", "registry", "register", "two towers | duas torres"),
        line("registry", "batch", "deploy", "candidate tower | torre de candidatos"),
        line("warehouse", "batch", "transform", "item rows | linhas de itens"),
        line("batch", "vectors", "transform", "vectors | vetores"),
        line("vectors", "index", "deploy", "index | índice"),
        line("registry", "query", "deploy", "query tower | torre de consulta"),
        line("registry", "ranking", "deploy", "ranking model | modelo de ranking"),
        line("api", "query", "serve", "user and vector | usuário e vetor"),
        line("api", "index", "lookup", "nearest items | itens mais próximos"),
        line("api", "ranking", "serve", "candidates, scores | candidatos, scores"),
        line("api", "features", "lookup", "features by key | atributos por chave"),
        line("ranking", "warehouse", "log", "sampled calls | amostra de chamadas"),
        line("warehouse", "monitoring", "monitor", "compare | comparar"),
        line("monitoring", "pipeline", "trigger", "drift alert | alerta de desvio"),
    ),
)

CONTINUOUS_TRAINING = drawn(
    (
        box("client", "sources", "device", "Client app | App do cliente", mark="existing"),
        box("operational", "sources", "database", "Operational data | Dados operacionais", "Cloud SQL"),
        box("flow", "ingest", "stream", "Dataflow", "Batch and stream | Lote e fluxo"),
        box("log", "data", "database", "BigQuery", "Request log | Log de requisições"),
        box("tables", "data", "database", "BigQuery", "Training tables | Tabelas de treino"),
        box("validate", "train", "document", "Validate data | Validar dados", "TFDV"),
        box("transform", "train", "stream", "Transform | Transformar", "TF Transform"),
        box("train", "train", "training", "Train | Treinar", "Custom job | Job personalizado"),
        box("evaluate", "train", "chart", "Evaluate | Avaliar", "Against champion | Contra o campeão"),
        box("registry", "train", "registry", "Model Registry", "Challenger, default | Desafiante, padrão"),
        box("metadata", "train", "pipeline", "ML Metadata", "Lineage | Linhagem"),
        box("application", "serve", "service", "Application tier | Camada de aplicação", "Cloud Run"),
        box(
            "endpoint", "serve", "endpoint", "Online endpoint | Endpoint online", "Dedicated public | Público dedicado"
        ),
        box("monitoring", "watch", "monitor", "Model Monitoring", "Drift and skew | Desvio e viés"),
        box("schedule", "watch", "schedule", "Cloud Scheduler", "Monthly | Mensal"),
        box("ticket", "watch", "person", "Ticket | Chamado", "Team queue | Fila da equipe"),
        box("alerts", "watch", "queue", "Pub/Sub", "Alerts | Alertas"),
        box("guard", "watch", "function", "Cloud Run function", "Guard | Conferência"),
    ),
    (
        line("client", "application", "serve", "request | requisição"),
        line("application", "endpoint", "serve", "vector and score | vetor e score"),
        line("application", "log", "log", "outcomes | resultados"),
        line("endpoint", "log", "log", "sampled calls | amostra de chamadas"),
        line("operational", "flow", "ingest", "changes | mudanças"),
        line("flow", "tables", "transform", "clean rows | linhas limpas"),
        line("log", "tables", "transform", "joined labels | rótulos unidos"),
        line("log", "monitoring", "monitor", "compare | comparar"),
        line("tables", "monitoring", "monitor", "baseline | referência"),
        line("tables", "validate", "train", "new slice | nova fatia"),
        line("monitoring", "alerts", "trigger", "drift alert | alerta de desvio"),
        line("alerts", "guard", "trigger", "message | mensagem"),
        line("guard", "validate", "trigger", "guarded run | execução conferida"),
        line("schedule", "validate", "trigger", "safety run | execução de segurança"),
        line("validate", "transform", "train", "valid rows | linhas válidas"),
        line("transform", "train", "train", "features | atributos"),
        line("train", "evaluate", "train", "candidate | candidato"),
        line("train", "metadata", "log", "lineage | linhagem"),
        line("evaluate", "metadata", "log", "metrics | métricas"),
        line("evaluate", "registry", "register", "pass | aprovado"),
        line("evaluate", "ticket", "trigger", "fail | reprovado"),
        line("registry", "endpoint", "deploy", "10 % then 100 % | 10 % e depois 100 %"),
    ),
)

DOCUMENTS = drawn(
    (
        box("uploader", "sources", "person", "Supplier portal | Portal de fornecedores", mark="existing"),
        box("files", "ingest", "storage", "Cloud Storage", "Invoices | Notas fiscais"),
        box("events", "ingest", "function", "Eventarc", "New file | Novo arquivo"),
        box("workflow", "serve", "pipeline", "Workflows", "One run a file | Uma execução por arquivo"),
        box("extractor", "serve", "document", "Document AI", "Custom extractor | Extrator personalizado"),
        box("redaction", "serve", "security", "Sensitive Data Protection", "Redact | Tarjar"),
        box("review", "serve", "service", "Review screen | Tela de revisão", "Cloud Run"),
        box("results", "data", "database", "BigQuery", "Fields, confidence | Campos, confiança"),
    ),
    (
        line("uploader", "files", "ingest", "PDF"),
        line("files", "events", "trigger", "new file | novo arquivo"),
        line("events", "workflow", "trigger", "file name | nome do arquivo"),
        line("workflow", "extractor", "serve", "pages and fields | páginas e campos"),
        line("workflow", "redaction", "serve", "text | texto"),
        line("workflow", "results", "transform", "fields | campos"),
        line("workflow", "review", "trigger", "unsure fields | campos incertos"),
        line("review", "results", "ingest", "corrections | correções"),
        line("results", "extractor", "train", "new examples | novos exemplos"),
    ),
)

PROTECTED = drawn(
    (
        box("hospital", "sources", "person", "Hospital records | Prontuários do hospital", mark="existing"),
        box("health", "ingest", "api", "Cloud Healthcare API", "FHIR, DICOM"),
        box("redaction", "ingest", "security", "De-identification | Desidentificação", "Healthcare API"),
        box("warehouse", "data", "database", "BigQuery", "Masked records | Registros mascarados"),
        box("images", "data", "storage", "Cloud Storage", "Masked images | Imagens mascaradas"),
        box("training", "train", "training", "Custom training | Treino personalizado", "No public IP | Sem IP público"),
        box("registry", "train", "registry", "Model Registry"),
        box("endpoint", "serve", "endpoint", "Online endpoint | Endpoint online", "Private Service Connect"),
        box("keys", "govern", "security", "Cloud KMS", "Keys of the hospital | Chaves do hospital"),
        box("perimeter", "govern", "security", "VPC Service Controls", "Perimeter | Perímetro"),
        box("audit", "govern", "security", "Cloud Audit Logs", "Data access | Acesso aos dados", mark="open"),
    ),
    (
        line("hospital", "health", "ingest", "records, images | prontuários, imagens"),
        line("health", "redaction", "transform", "identified | identificados"),
        line("redaction", "warehouse", "transform", "records | registros"),
        line("redaction", "images", "transform", "images | imagens"),
        line("warehouse", "training", "train", "table | tabela"),
        line("images", "training", "train", "shards | partes"),
        line("training", "registry", "register", "version | versão"),
        line("registry", "endpoint", "deploy", "deploy | implantar"),
        line("hospital", "endpoint", "serve", "image and score | imagem e score"),
        line("keys", "warehouse", "secure", "keys | chaves"),
        line("keys", "images", "secure", "keys | chaves"),
        line("perimeter", "warehouse", "secure", "perimeter | perímetro"),
        line("perimeter", "endpoint", "secure", "perimeter | perímetro"),
        line("audit", "health", "secure", "log"),
    ),
)

PAIR = drawn(
    (
        box("app", "sources", "device", "Mobile app | Aplicativo móvel", mark="existing"),
        box("vision", "serve", "api", "Cloud Vision", "Label detection | Detecção de rótulos"),
    ),
    (line("app", "vision", "serve", "image and labels | imagem e rótulos"),),
)

EMPTY = Architecture()

SAMPLES = {
    "fraud": FRAUD,
    "two-tower": TWO_TOWER,
    "continuous-training": CONTINUOUS_TRAINING,
    "documents": DOCUMENTS,
    "protected": PROTECTED,
    "pair": PAIR,
    "empty": EMPTY,
}
