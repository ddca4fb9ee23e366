### 화면에 나오는 한국어입니다. 문법은 Project Fluent(https://projectfluent.org)입니다.
###
### 항목의 자리와 { $이름 }의 뜻은 en.ftl의 주석에 있습니다. 띄어 쓴 곳에서 줄을 바꿀 수 있습니다.
###
### 값 뒤의 조사는 PARTICLE이 고릅니다. 예: { $value }{ PARTICLE($value, "을/를") }. 받침이 있을 때의
### 꼴을 먼저 적습니다(은/는, 이/가, 을/를, 과/와, 으로/로, 이라는/라는).

## 언어

language-name = 한국어
language = 언어

## 계산을 시작하는 글과 시드: 번역하지 않고 고릅니다

first-text = 나는 그 영화가 정말 좋지 않았다
first-seed = 242
long-text = 그 영화는 처음에는 정말 좋았지만 뒤로 갈수록 지루해져서 끝내 조금도 좋지 않았다
letters-text = 도레미 도레미 도
label-negative = 부정
label-neutral = 중립
label-positive = 긍정

## 화면 위쪽

tagline = 순환 신경망의 정방향 계산을 타임 스텝별로 따라가고, 그레이디언트가 시간을 거슬러 전파되는 과정을 살펴봅니다.
views = 보기
view-score = 자유 실험
view-lesson = 수업
view-chain = 야코비 행렬
view-laboratory = 실험실
dark-theme = 어두운 화면
light-theme = 밝은 화면
undo = 되돌리기
redo = 다시 하기
rewind = 초기 가중치로 되돌리기
updates = 업데이트 { $count }회

## 실험 설정

experiment = 실험
examples = 보기 실험
choose = 고르기 …
example-first = 영화 감상평
example-next-letter = 다음 글자 예측
example-small-weights = 기울기 소실: 작은 W₁ₕ
example-saturated = 기울기 소실: 포화된 tanh
example-exploding = 기울기 폭발
sequence = 시퀀스
time-step-is = 한 스텝의 단위
one-token = 토큰이 하나뿐입니다. 글자를 타임 스텝으로 쓸까요?
take-characters = 글자로 나누기
word = 단어
character = 글자
task = 질문
binary = 예/아니요
classes = 레이블 고르기
next-token = 다음 토큰
labels = 레이블(쉼표로 구분)
target = 타깃 y
units = 셀 개수
fewer-units = 셀 줄이기
more-units = 셀 늘리기
spectral-radius = W₁ₕ의 초기 스펙트럼 반지름
real-radius = { $real }(초기 { $initial })
seed = 난수 시드
next-seed = 다음 시드
last-run-stays = 아래에는 마지막으로 성공한 계산이 그대로 있습니다.
two-sentences = { $first } { $second }

## 방금 일어난 일

said-locked = 이 페이지에서는 바꿀 수 없도록 고정되어 있습니다.
weights-dropped =
    주어졌거나 훈련된 가중치가 새 초기 가중치로 바뀌었습니다. 실행 취소하면 돌아옵니다.
unreadable = 텍스트 파일로 읽을 수 없습니다. 실험 파일(JSON) 하나를 선택하거나 끌어다 놓으세요.

## 실험에서 잘못된 것과 고치는 방법

problem-empty = 토큰을 하나 이상 입력하세요.
problem-nothing-to-predict = 토큰이 하나뿐이면 예측할 다음 토큰이 없습니다. 두 개 이상 입력하세요.
problem-too-long = 글이 너무 길어 읽을 수 없습니다. 몇 문장으로 줄이세요.
problem-too-many-tokens =
    화면에는 최대 { $most }스텝까지 놓을 수 있습니다. 글을 줄이거나 단위를 단어로 바꾸세요.
problem-control-character = { $position }번째 문자가 제어 문자(U+{ $code })입니다. 지우세요.
problem-lone-modifier =
    { $position }번째 문자(U+{ $code })는 앞 문자를 꾸미는데 앞에 문자가 없습니다. 앞 문자를 먼저
    입력하거나 이 문자를 지우세요.
problem-unknown-token =
    ‘{ $token }’{ PARTICLE($token, "은/는") } 주어진 어휘에 없습니다. 다른 토큰을 쓰세요.
problem-list-length = 레이블을 쉼표로 구분해 { $least }개에서 { $most }개까지 입력하세요.
problem-repeated-entry =
    ‘{ $entry }’{ PARTICLE($entry, "이/가") } 두 번 있습니다. 서로 다르게 입력하세요.
problem-empty-entry = { $number }번째 항목이 비어 있습니다. 내용을 입력하거나 쉼표를 지우세요.
problem-out-of-range =
    수가 너무 크거나 작습니다({ $field }). { $least }에서 { $most } 사이여야 합니다.
problem-overflow = 계산한 수가 컴퓨터가 나타낼 수 있는 범위를 넘습니다. 더 작은 가중치를 고르세요.
problem-not-whole = 시드는 0부터 { $most }까지의 정수여야 합니다.
problem-malformed = 실험으로 읽을 수 없습니다: { $reason }.

## 페이지 주소

address-too-long =
    주소가 너무 길어 읽지 못했습니다. 처음 화면을 보여 줍니다. 링크를 다시 받아 주세요.
address-value =
    주소의 { $key }에 ‘{ $value }’{ PARTICLE($value, "을/를") } 쓸 수 없어 뺐습니다. 고치거나 링크를
    다시 받아 주세요.
address-experiment = 링크의 ‘{ $key }’ 설정을 무시했습니다. { $problem }
address-twice = 링크의 ? 뒤와 # 뒤에 모두 설정이 있습니다. # 뒤의 설정만 사용했습니다.
address-unknown = 링크에 없는 설정이 있어 무시했습니다: ‘{ $key }’.
address-unknown-nearest =
    링크에 없는 설정이 있어 무시했습니다: ‘{ $key }’. 혹시 ‘{ $nearest }’인가요?
address-repeated = 링크에 같은 설정이 여러 번 있어 첫 번째만 사용했습니다: ‘{ $key }’.
address-unused = ‘{ $beside }’ 설정에서는 쓰이지 않아 무시했습니다: ‘{ $key }’.
address-beyond = 이 시퀀스와 신경망에 없는 위치입니다: { $key } = ‘{ $value }’.
address-no-spaces =
    링크의 텍스트가 ‘{ $sign }’ 기호로 이어진 한 단어입니다. 띄어쓰기라면 링크에서 단어 사이에 +를
    쓰세요(%2B가 아님).

## 펼친 신경망의 줄

score = 펼친 신경망
time-step = 타임 스텝
move-token = 끌거나 Alt와 화살표 키를 누르면 자리를 옮깁니다
output = 출력
loss = 손실
losses-together = 모든 스텝의 합
bag = BoW 모델
bag-note = 같은 가중치를 쓰는 BoW 모델의 예측입니다. 단어를 먼저 더하므로 순서를 바꿔도 같습니다
lane-output = 출력 A₂
lane-output-note = softmax(H·W₂ + b₂), 스텝마다 손실이 있습니다
lane-hidden = 은닉 상태 H
lane-hidden-note = tanh(X·W₁ₓ + Hₚ·W₁ₕ + b₁)
lane-error = 오차 ∂L/∂Z₁
lane-error-note = ∂L/∂H ⊙ (1 − H²)
lane-hidden-error = ∂L/∂H
lane-hidden-error-note = 히트맵: 시간 × 셀
lane-norm = ‖∂L/∂H‖
lane-norm-note = 각 스텝에 도달하는 오차의 크기
lane-w1x = 스텝별 ∂L/∂W₁ₓ
lane-w1x-note = 스텝마다 Xᵀ · ∂L/∂Z₁, 그리고 그 합
lane-w1h = 스텝별 ∂L/∂W₁ₕ
lane-w1h-note = 스텝마다 Hₚᵀ · ∂L/∂Z₁, 그리고 그 합
lane-b1 = 스텝별 ∂L/∂b₁
lane-b1-note = 스텝마다 ∂L/∂Z₁, 그리고 그 합
contributions-to = 더해지는 기울기
sum-of-step = 합: 스텝 { $step }
sum-of-steps = 합: 스텝 { $first }–{ $last }
sum-not-begun = 합: 아직 없음
fold-away = 이 줄 접기
unfold = 이 줄 펼치기
logarithmic = 로그 색상: 희미해진 값도 보입니다
scale = 색상 눈금
numbers-as-table = 표
sum = 합

## 가중치

weights = 가중치
weights-note = 가중치를 가리키면 값이 보이고, 누르면 값을 바꿀 수 있습니다.
weight = 가중치의 값

## 수의 이름: “H, 스텝 3, 셀 1”

unit = 셀 { $number }
place-input = ‘{ $token }’ → 셀 { $unit }
place-recurrent = 셀 { $from } → 셀 { $to }
place-output = 셀 { $unit } → { $output }
output-named = ‘{ $name }’
output-unnamed = 출력
spot-of-step = { $symbol }, 스텝 { $step }
spot-of-unit = { $symbol }, 스텝 { $step }, 셀 { $unit }
spot-of-output = { $symbol }(‘{ $name }’), 스텝 { $step }
spot-of-weight = { $symbol }, { $place }
spot-updated = 새 { $symbol }, { $place }
spot-contribution = { $symbol }에서 스텝 { $step }의 항, { $place }
spot-jacobian = J, 스텝 { $step }, 셀 { $from } → 셀 { $to }
spot-chain = ∂H/∂H, 스텝 { $from-step } → 스텝 { $to-step }, 셀 { $from } → 셀 { $to }

## 신경망 옆: 지금 일어나는 일

present-stage = 지금 일어나는 일
stage-of = { $count }개 중 { $number }번째
stage-forward = 정방향 · 스텝 { $step }, ‘{ $token }’
stage-output = 정방향 · 출력
stage-loss = 정방향 · 손실
stage-backward-output = 역방향 · 출력층
stage-backward = 역방향 · 스텝 { $step }, ‘{ $token }’
stage-update = 업데이트 · 그레이디언트 반대 방향으로 한 걸음
story-first = 첫 번째 토큰이 들어옵니다. 이전 상태가 없으므로 셀은 토큰만 봅니다.
story-forward =
    셀이 이번 토큰과 스텝 { $before }의 은닉 상태를 섞고, tanh 함수가 결과를 −1과 1 사이로 만듭니다.
    모든 스텝이 같은 가중치를 사용합니다.
story-output-binary =
    마지막 은닉 상태에는 시퀀스 전체의 기억이 담겨 있습니다. 가중치를 곱해 더하고 시그모이드 함수를
    통과시키면 { $answer }{ PARTICLE($answer, "이라는/라는") } 답이 나옵니다.
story-output-classes =
    마지막 은닉 상태에는 시퀀스 전체의 기억이 담겨 있습니다. 레이블마다 가중치를 곱해 더하고
    소프트맥스 함수를 통과시키면 확률이 됩니다. 정답 레이블의 확률은 { $answer }입니다.
story-output-next =
    스텝마다 소프트맥스 함수가 다음에 올 토큰의 확률을 계산합니다. 진한 막대가 실제로 오는
    토큰입니다.
story-loss-binary =
    답을 타깃 { $target }{ PARTICLE($target, "과/와") } 비교합니다. 답이 타깃에서 멀수록 손실이
    커집니다. 지금 손실은 { $loss }입니다.
story-loss-classes =
    정답 레이블의 확률만 봅니다. 그 확률이 작을수록 손실이 커집니다. 지금 손실은 { $loss }입니다.
story-loss-next =
    스텝마다 손실이 있습니다. 실제로 오는 토큰을 덜 예상했을수록 손실이 큽니다. 모두 더하면
    { $loss }입니다.
story-error-binary =
    이제 거꾸로 갑니다. 출력의 오차는 답에서 타깃을 뺀 값인 { $error }입니다. 여기서 W₂와 b₂의
    기울기가 바로 나옵니다.
story-error-classes =
    이제 거꾸로 갑니다. 출력마다 오차는 확률에서 정답이면 1을, 아니면 0을 뺀 값입니다. 여기서 W₂와
    b₂의 기울기가 바로 나옵니다.
story-error-next =
    이제 모든 스텝에서 한꺼번에 거꾸로 갑니다. 출력의 오차는 확률에서, 실제로 오는 토큰이면 1을 뺀
    값입니다. 스텝마다 더하면 W₂와 b₂의 기울기가 됩니다.
story-arrives-last = 출력에서 W₂ᵀ를 거쳐 오차가 도착합니다. ‖∂L/∂H‖ = { $norm }입니다.
story-arrives =
    스텝 { $step }에서 W₁ₕᵀ를 거쳐 오차가 도착합니다. ‖∂L/∂H‖ =
    { $norm }{ PARTICLE($norm, "으로/로") }, 스텝 { $step }의 { $ratio }배입니다.
story-arrives-both =
    스텝 { $step }에서 W₁ₕᵀ를 거쳐, 그리고 이 스텝의 출력에서 오차가 도착합니다. ‖∂L/∂H‖ =
    { $norm }{ PARTICLE($norm, "으로/로") }, 스텝 { $step }의 { $ratio }배입니다.
story-arrives-norm = 스텝 { $step }에서 W₁ₕᵀ를 거쳐 오차가 도착합니다. ‖∂L/∂H‖ = { $norm }입니다.
story-arrives-both-norm =
    스텝 { $step }에서 W₁ₕᵀ를 거쳐, 그리고 이 스텝의 출력에서 오차가 도착합니다. ‖∂L/∂H‖ =
    { $norm }입니다.
story-arrives-own =
    이 스텝의 출력에서만 오차가 도착합니다. ‖∂L/∂H‖ = { $norm }입니다. 스텝 { $step }에서는 아무것도
    오지 않습니다.
story-arrives-overflow =
    도착하는 값이 컴퓨터가 나타낼 수 있는 가장 큰 수(약 1.8e308)보다 커서 ‖∂L/∂H‖을 나타낼 수
    없습니다(오버플로).
story-nothing = 이 스텝에는 오차가 도착하지 않고, ∂L/∂W₁ₕ에 더하는 것도 없습니다. ‖∂L/∂H‖ = 0입니다.
silence-one = { $reason }
silence-two = { $first } { $second }
silence-no-output-error =
    예측이 타깃과 컴퓨터로는 구별할 수 없을 만큼 같아서 ∂L/∂Z₂가 정확히 0입니다.
silence-output-weights = ∂L/∂Z₂를 전달할 수 있는 W₂의 가중치가 모두 0입니다.
silence-nothing-later = 스텝 { $step }의 ∂L/∂H가 이미 0입니다.
silence-saturation =
    스텝 { $step }에서 그레이디언트가 도달하는 셀이 모두 완전히 포화되었습니다. H = ±1이므로 1 − H²
    = 0입니다.
silence-truncation = 자르기 때문에 손실이 스텝 { $step }보다 더 거슬러 가지 않습니다.
silence-weights = 오차를 전달할 수 있는 W₁ₕ의 가중치가 모두 0입니다.
silence-cancelled = 여러 경로로 온 값이 정확히 상쇄됩니다.
silence-underflow = 값이 컴퓨터가 나타낼 수 있는 가장 작은 수(약 5e−324)보다 작습니다.
story-adds = 여기에 1 − H²을 곱하면 오차 ∂L/∂Z₁이 되고, 다시 이전 은닉 상태를 곱하면 ∂L/∂W₁ₕ에 대한 이 스텝의 기여가 됩니다.
story-adds-nothing = 이전 상태가 없으므로 ∂L/∂W₁ₕ에는 더하는 것이 없습니다.
story-update =
    경사 하강법입니다. 모든 가중치에서 학습률 η = { $rate }에 그레이디언트를 곱한 값을 뺍니다. 다섯 파라미터를 합친 그레이디언트의 노름은 { $norm }입니다.
story-update-zero = 다섯 텐서의 기울기가 모두 0이므로 가중치는 움직이지 않습니다.
story-update-overflow =
    기울기가 컴퓨터가 나타낼 수 있는 가장 큰 수(약 1.8e308)보다 큽니다(오버플로). 그래서 가중치를
    업데이트할 수 없습니다.

## 신경망 옆: 수가 나온 곳

rule = 공식
origin = 이 수는 어디에서 왔나요
this-number = 고른 수:
for-example = 예를 들어:
given = 계산한 값이 아니라 주어진 값:
products = 곱셈 하나하나까지
remark-title = 강의 노트에서는
remark-pre-activation =
    노트에서는 이전 스텝의 은닉 상태를 Hₚ라고 쓰고 X·W₁ₓ + Hₚ·W₁ₕ + b₁로 적습니다. 같은 식이며,
    여기서는 글자마다 타임 스텝을 붙였습니다.
remark-error =
    강의 노트에서는 한 스텝 뒤로 가는 것을 W₁ₕ ⊙ (1 − Hₚ²)으로 적기도 합니다. 이때 “⊙”는 대각 행렬과의 행렬 곱을 뜻합니다. W₁ₕ의 각 행에 그 행이
    시작되는 셀의 1 − Hₚ²을 곱합니다. 곧 diag(1 − Hₚ²)·W₁ₕ입니다. 여기서는 그레이디언트가 이미 W₁ₕᵀ를 지나왔으므로 ⊙는 셀끼리의 곱입니다.
remark-hidden-error =
    오차는 전치 행렬 W₁ₕᵀ를 거쳐 되돌아갑니다. 셀 i에서 셀 j로 간 것은 j에서 i로 돌아옵니다. 전치를
    빠뜨린 프로그램도 실행은 되지만 답이 틀립니다.
remark-w1x =
    인쇄된 노트에는 모든 항에 마지막 X를 되풀이해 적은 것이 있습니다. 실제로는 스텝마다 그 스텝
    자신의 X, 곧 그 토큰의 행이 들어갑니다.
remark-w1h =
    노트에서는 ∂Z₁/∂W₁ₕ = Hₚ + Hₚₚ·W₁ₕ ⊙ (1 − Hₚ²) + …로 적습니다. 항 하나가 여기서는 스텝
    하나입니다. 이전 은닉 상태에 그 스텝까지 되돌아온 오차를 곱합니다.
remark-jacobian =
    강의 노트의 W₁ₕ ⊙ (1 − Hₚ²)은 ∂Z₁/∂Z₁ₚ로, 이전 스텝의 도함수가 왼쪽에 있습니다. 여기의 야코비 행렬 ∂H/∂Hₚ에는 현재 스텝의 도함수가 오른쪽에
    있습니다.
in-numpy = NumPy로 쓰면
copy = 복사
copied = 복사했습니다
copy-refused = 복사 거부됨: Ctrl+C를 누르세요

## 아래 막대: 시간

transport = 재생
go-to-start = 처음으로
step-back = 한 단계 뒤로
play = 재생
pause = 일시 정지
step-forward = 한 단계 앞으로
go-to-end = 끝으로
timeline = 타임라인
speed = 속도
update = 업데이트
update-note = 그레이디언트의 반대 방향으로 가중치를 한 번 업데이트하고 다음 정방향 계산을 시작합니다
train = 훈련 ×10
train-note = 업데이트를 열 번 합니다. 과제에서는 목표를 이루는 즉시 멈춥니다
forward = 정방향
backward = 역방향

## 야코비 행렬 화면

chain-name = 야코비 행렬
chain-jacobian = 야코비 행렬 Jₜ
chain-jacobian-note = ∂H/∂Hₚ = W₁ₕ diag(1 − H²): 한 스텝의 행렬
chain-product = 이후 모든 J의 곱
chain-product-note = 이 상태가 마지막 상태를 움직이는 정도, 아래는 노름
chain-norm = 곱의 노름(10의 거듭제곱)
chain-norm-note = W₁ₕ의 몫과 포화의 몫이 곱해집니다
chain-triangle = 손실 스텝 × 셀 스텝
chain-triangle-note = 손실마다 각 스텝을 거쳐 ∂L/∂W₁ₕ에 더하는 크기
chain-expansion = 항별 ∂L/∂W₁ₕ
chain-expansion-note =
    ∂Z₁/∂W₁ₕ = Hₚ + Hₚₚ·K + …에 마지막 스텝의 오차를 곱합니다. K = ∂Z₁/∂Z₁ₚ = diag(1 − Hₚ²)·W₁ₕ입니다. 회색은 무시할 만큼 작은
    기여입니다
chain-both = 전체 곱
chain-by-weights = W₁ₕ만
chain-by-saturation = 포화
chain-none = 스텝이 하나면 연쇄가 없습니다. 토큰을 하나 더 입력하세요.
chain-sizes =
    스텝 { $steps }에서 스텝 1까지 가면 오차의 길이는 최대 { $whole }배가 됩니다. W₁ₕ만 있다면
    { $weights }배이고, 포화(1보다 작은 1 − H²) 때문에 다시 { $saturation }배가 됩니다.
chain-grows = 그래서 거슬러 갈수록 커집니다. 포화가 줄이는 것보다 W₁ₕ가 더 늘립니다.
chain-stays = 그래서 사라지지도 폭발하지도 않습니다.
chain-small-weights = 그래서 사라집니다. 주로 W₁ₕ가 작기 때문입니다.
chain-saturated = 그래서 사라집니다. 주로 tanh가 포화되었기 때문입니다.
chain-despite =
    스텝 { $steps }에서 스텝 1까지 가면 오차의 길이는 최대 { $whole }배가 됩니다. W₁ₕ만 있다면
    { $power } = 0이므로 아무것도 남지 않습니다. 그래도 남는 것은 1 − H²이 셀마다 다르기 때문입니다.
chain-zero =
    스텝 { $steps }에서 스텝 1까지 가면 오차는 전혀 남지 않습니다. 곱은 정확히 0입니다. { $cause }
chain-zero-weights = { $power } = 0이기 때문입니다.
chain-zero-saturation =
    스텝 { $step }에서 오차가 지나갈 수 있는 셀이 모두 완전히 포화되었기 때문입니다. H = ±1이므로 1
    − H² = 0입니다.
chain-zero-together = 스텝 { $step }에서 W₁ₕ와 1 − H²이 함께 모든 경로를 막기 때문입니다.
chain-weights-alone = W₁ₕ만 있다면 노름은 { $norm }입니다.
chain-no-error = 다만 이 실험에서는 처음부터 오차가 없습니다. 스텝 { $steps }의 ∂L/∂H가 0입니다.

## 실험실: 가중치 하나

lab-name = 실험실
lab-tensor = 가중치
lab-row = 행
lab-column = 열
lab-norm = 기울기의 노름

## 실험실: 기울기 확인

lab-check = 그레이디언트 검사
lab-check-note =
    가중치 하나를 ±ε만큼 바꿔 손실을 다시 계산합니다. 바깥 두 점을 이은 직선의 기울기(수치 미분)가 역전파로 구한 접선의 기울기와 같아야 합니다. ε이 크면 손실이
    곡선이어서, 아주 작으면 반올림 때문에 어긋납니다.
lab-program = 프로그램
lab-right-program = 이 페이지의 프로그램
lab-broken = 오류:
bug-transpose = W₁ₕ의 전치를 빠뜨림
bug-slope = 1 − H²을 빠뜨림
bug-next = 다음 스텝의 오차를 잊음
bug-sum = 항을 더하지 않고 덮어씀
bug-input = 모든 항에 마지막 X를 씀
lab-curve = 이 가중치 둘레의 손실과 접선
lab-relative-error = 상대 오차
lab-check-all = 모든 가중치 확인
lab-checked = { $all }개 중 { $done }개 확인 …
lab-agreeing = { $all }개 중 { $agreeing }개가 일치합니다.
lab-worst = 가장 어긋난 곳(역전파 / 측정):

## 실험실: 스텝마다 복사본

lab-untie = 스텝 풀어 놓기
lab-untie-note =
    모든 스텝이 같은 { $symbol }({ $place }){ PARTICLE($symbol, "을/를") } 씁니다. 스텝마다 복사본을
    주고 하나를 움직여 보세요. 손실은 그 스텝의 항만큼 변합니다.
lab-copy-of-weight = 복사본
lab-its-contribution = ∂L/∂복사본
lab-sum-of-contributions = 다시 묶으면: 합
lab-loss-tied = 묶었을 때 손실
lab-loss-untied = 풀었을 때 손실
lab-loss-by-contributions = 항으로 예측한 손실
lab-tie = 다시 묶기

## 실험실: 자르기와 클리핑

lab-shorten = 자르기와 클리핑
lab-shorten-note =
    자르면 손실이 정한 스텝까지만 거슬러 갑니다. 가위표 한 항은 ∂L/∂W₁ₕ에서 빠집니다. 클리핑은 긴
    기울기를 방향은 그대로 두고 줄입니다.
lab-window-all = 손실이 { $steps }스텝 모두 거슬러 갑니다
lab-window-part = 손실이 { $steps }스텝 중 w = { $window }스텝만 거슬러 갑니다
lab-reach = 손실마다 각 스텝을 거쳐 더하는 크기
lab-dropped = 빠진 항의 수
lab-cosine = 전체 기울기와의 코사인
lab-length-kept = 전체에 대한 길이의 비
no-ratio-both-zero = – (둘 다 0)
no-ratio-by-zero = – (하나가 0)
no-ratio-beyond = – (계산하기에 너무 크거나 작은 수)
lab-clip-at = 클리핑 기준 c = { $threshold }
lab-clip-none = 클리핑하지 않음
lab-norm-only = ‖g‖ = { $norm }
lab-norm-clipped = ‖g‖ = { $norm }, { $threshold }{ PARTICLE($threshold, "으로/로") } 줄입니다
lab-norm-below = ‖g‖ = { $norm }, 기준보다 짧습니다
lab-norm-zero = ‖g‖ = 0, 줄일 것이 없습니다
lab-norm-overflow = ‖g‖이 나타낼 수 있는 가장 큰 수(약 1.8e308)를 넘었습니다(오버플로).
lab-loss-now = 지금 손실
lab-loss-predicted = 업데이트한 뒤 손실(기울기로 예측)
lab-loss-with = 업데이트한 뒤 손실(설정대로)
lab-loss-without = 전체 기울기로 업데이트한 뒤 손실
lab-overflow = – (나타낼 수 있는 가장 큰 수를 넘음)

## 수업 화면(수업의 글은 lesson 폴더에 있습니다)

lesson-name = 수업
lesson-chapter = { $number }장
lesson-screen = { $count }쪽 중 { $screen }쪽
lesson-contents = 전체 차례
lesson-goal = { $goal }.
lesson-minutes = 약 { $minutes }분
lesson-minutes-all = 수업 전체는 약 { $minutes }분 걸립니다. 세 번에 나누어 해도 좋습니다.
lesson-lost = 지난번 이후 수업이 바뀌었습니다. 답 가운데 일부는 없어진 쪽의 것이었습니다.
lesson-recap = 되짚어 보기
lesson-seen =
    { $seen ->
        [0] { $count }쪽
       *[other] { $count }쪽 중 { $seen }쪽 봄
    }
lesson-forget = 학습 기록 지우기
lesson-forget-note = 본 쪽과 답은 이 기기에만 저장됩니다.
lesson-back = 이전
lesson-next = 다음
lesson-next-chapter = 다음 장
lesson-finished = 마지막 쪽입니다. 이제 ‘탐색’에서 원하는 글로 직접 해 보세요.
lesson-question = 예측해 보세요
lesson-larger = 크다
lesson-smaller = 작다
lesson-positive = 양수
lesson-negative = 음수
lesson-equal = 같다
lesson-zero = 0
lesson-unit = 셀 { $unit }
lesson-no-bug = 버그 없음
lesson-step = 스텝 { $step } ‘{ $token }’
lesson-your-answer = 답
lesson-answer = 답하기
lesson-no-number = 수가 아닙니다. 0.5나 -1.2처럼 적어 주세요.
lesson-you-said = 고른 답: { $answer }
lesson-right = 맞았습니다.
lesson-wrong = 그렇지 않습니다.
lesson-off-by = 충분히 가깝습니다. 차이는 { $off }입니다.
lesson-again = 다시 답하기
lesson-task = 직접 해 보기
lesson-done = 해냈습니다.
lesson-now = 현재 { $now }
lesson-wanted-more = 목표: { $value } 초과
lesson-wanted-less = 목표: { $value } 미만
lesson-wanted-at-least = 목표: { $value } 이상
lesson-wanted-at-most = 목표: { $value } 이하
lesson-wanted-equal = 목표: { $value }
lesson-wanted-about = 목표: 약 { $value }
lesson-wanted-other = 목표: { $value } 아닌 값
lesson-reached = 이룸
lesson-not-reached = 아직
lesson-hint = 도움말
lesson-show-one-way = 한 가지 방법 보기
lesson-changed = 지금 실험은 이 쪽에서 설명하는 실험과 다릅니다.
lesson-put-back = 되돌리기
lesson-answer-first = 먼저 답하면 다음으로 갑니다.
lesson-drawing = 접은 신경망과 펼친 신경망
lesson-unroll = 펼치기
lesson-roll-up = 접기
lesson-rolled-note = 블록은 하나이고, 은닉 상태가 다음 타임 스텝에 다시 입력됩니다.
lesson-unrolled-note = 같은 블록이 타임 스텝마다 하나씩 있고, 모든 복사본이 가중치를 공유합니다.
lesson-program = 프로그램의 기울기와 실제 기울기
lesson-program-norm = 프로그램의 길이
lesson-measured-norm = 실제 길이
lesson-difference = 차이
lesson-guessed = 고른 답이라면

## 가져가기

export-button = 내보내기·공유
export-close = 닫기
export-open = 파일에서 실험 열기(페이지에 끌어다 놓아도 됩니다)
export-download = 저장
export-programs = 이 계산을 프로그램으로
export-programs-note = 이 계산의 데이터가 들어 있으며, 화면의 모든 수를 계산합니다.
export-files = 파일
export-experiment = 실험(JSON)
export-trace = 모든 수(JSON)
export-figures = 표와 그림

## 가져가기: 링크와 넣기

share-link = 지금 화면의 링크
link-long =
    링크가 매우 깁니다. 일부 플랫폼에서는 링크가 2,000자쯤에서 잘립니다. 실험을 파일로 저장해 보내는
    편이 안전합니다.
share-embed = 다른 페이지에 넣기
share-embed-note = 보여 줄 것과 바꿀 수 있는 것을 고른 다음, 아래 코드를 페이지에 붙여 넣으세요.
share-way = 방식
share-only = 하나만 보이기
share-all = 전체 화면
share-hide = 숨기기
share-lock = 고정하기
share-preview = 미리 보기
part-header = 머리글
part-setup = 설정
part-explanation = 설명
part-weights = 가중치
part-transport = 재생 막대
part-tables = 표
part-score = 탐색 화면
part-chain = 야코비 행렬
part-laboratory = 실험실
part-hidden = 은닉 상태
part-output = 출력
part-error = 오차
part-heat-map = ∂L/∂H 히트맵
part-norm = ‖∂L/∂H‖
part-contribution = 스텝별 항
part-text = 글
part-task = 질문과 타깃
part-units = 셀 개수
part-start = 시드와 반지름
part-learning = 학습
part-play = 바로 재생

keys-title = 키보드
keys-switch = 단일 키를 페이지 전체에서 사용
keys-own = 초점이 있는 곳에서
keys-walk = 값에서 값으로 이동(줄 안에서)
keys-pin = 값 고정, 고정 해제
keys-move = 토큰을 다른 타임 스텝으로 옮기기
symbols-title = 기호
symbols-symbol = 기호
symbols-name = 이름
symbols-shape = 크기
symbols-where = 위치
symbols-in-rows = 펼친 신경망의 줄
symbols-in-weights = 가중치
symbols-in-card = 예측
symbols-in-jacobians = 야코비 행렬
symbols-in-laboratory = 실험실
symbols-steps = 타임 스텝의 수
symbols-input = 입력, 원-핫 벡터
symbols-state = 은닉 상태
symbols-state-before = 이전 은닉 상태(Hₚ로 쓰는 책도 있습니다)
symbols-w1x = 입력 가중치
symbols-w1h = 순환 가중치
symbols-b1 = 순환층의 절편
symbols-z1 = 가중합
symbols-w2 = 출력층의 가중치
symbols-b2 = 출력층의 절편
symbols-z2 = 로짓
symbols-a2 = 예측, ŷ로도 씁니다
symbols-y = 타깃
symbols-loss = 손실, 크로스 엔트로피
symbols-dz2 = 출력층의 오차(δ로 쓰는 책도 많습니다)
symbols-dh = 은닉 상태에 대한 그레이디언트
symbols-dz1 = 가중합의 오차
symbols-norm = 그 그레이디언트의 노름
symbols-dw = 순환 가중치의 그레이디언트: 스텝별 기여의 합
symbols-jacobian = 타임 스텝 하나의 야코비 행렬
symbols-eta = 학습률
symbols-gradient = 모든 파라미터의 전체 그레이디언트
symbols-window = TBPTT의 길이(타임 스텝)
symbols-clip = 클리핑 임곗값
symbols-epsilon = 그레이디언트 검사에서 가중치를 바꾸는 크기

overview-title = 순환 신경망이 하는 일
overview-review = 이 작은 신경망은 영화 감상평을 왼쪽부터 한 단어씩 읽고, 감상평이 긍정일 확률 하나를 예측합니다.
overview-binary = 이 작은 신경망은 타임 스텝 { $steps }개의 시퀀스를 왼쪽부터 차례로 읽고, 타깃이 1일 확률 하나를 예측합니다.
overview-classes = 이 작은 신경망은 타임 스텝 { $steps }개의 시퀀스를 왼쪽부터 차례로 읽고, 레이블 { $labels }개의 확률을 각각 예측합니다.
overview-next = 이 작은 신경망은 타임 스텝 { $steps }개의 시퀀스를 왼쪽부터 차례로 읽으며, 스텝마다 다음에 올 토큰을 예측합니다.
overview-guess = 아직 훈련하지 않아 가중치가 무작위이므로 예측 { $prediction }은 추측일 뿐입니다. 타깃은 { $target }입니다.
overview-random = 아직 훈련하지 않아 가중치가 무작위이므로 예측은 추측일 뿐입니다.
overview-trained = 가중치를 { $updates }번 업데이트했습니다.
overview-given = 가중치는 이 페이지를 연 링크나 파일에 들어 있던 것입니다.
overview-top = 맨 위 줄:
overview-state = 은닉 상태로, 지금까지 읽은 내용을 담은 숫자 { $units }개입니다.
overview-below = 아래 줄들:
overview-gradients = 이 숫자가 변하면 손실이 얼마나 변하는지를 나타내며, 오른쪽에서 왼쪽으로 계산합니다. 이것이 BPTT입니다.
overview-positive = 양수
overview-negative = 음수
overview-pale = 옅은 색: 0에 가까움
overview-play = 첫 스텝부터 재생
overview-play-note = 정방향 계산, 손실, 역방향 계산, 업데이트
overview-lesson = 수업 시작하기
overview-lesson-note = 일반 신경망에서 이 신경망까지
overview-click = 아무 값이나 눌러 보세요
overview-click-note = 어떻게 계산했는지 볼 수 있습니다
review-question = 감상평이 긍정인가요?
review-no = 아니요
review-yes = 예
untrained = 훈련 전: 추측
given-weights = 주어진 가중치
after-updates = 업데이트 { $updates }회 후
initial-weights = 초기 가중치
initial-random = 무작위, 시드 { $seed }
phase-loss = 손실
